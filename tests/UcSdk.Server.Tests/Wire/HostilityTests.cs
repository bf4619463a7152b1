using System.Text;
using UcSdk.Core;

namespace UcSdk.Server.Tests;

/// <summary>What a peer can do to the server with bytes alone: nothing. A fault on any loop fails the simulation.</summary>
public sealed class HostilityTests
{
    private const string Id = "ABCDEFGH";

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Mutated_requests_never_hurt_the_server(ulong seed)
    {
        var random = new SeededRandomSource(seed);
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.SubscribeRoster(focus);
        var templates = lab.Network.Transcript
            .Select(entry => Encoding.UTF8.GetString(entry.Bytes.Span))
            .Where(text => !text.StartsWith("SIP/2.0", StringComparison.Ordinal))
            .ToArray();

        for (var round = 0; round < 150; round++)
        {
            // Who mutates registers anew, because the server hangs up on what is no message.
            var mallory = lab.SignIn("bob", $"bad{round}");
            var text = Mutate(templates[random.Next(templates.Length)], random).Replace("alice", "bob", StringComparison.Ordinal);
            mallory.SendRaw(Encoding.Latin1.GetBytes(text));
            mallory.Close();
        }

        alice.Register();
        Assert.Contains("SIP/2.0 200", Drain(alice), StringComparison.Ordinal);
        Assert.Equal(1, lab.Counts.FocusDialogs);
    }

    [Fact]
    public void Bytes_that_are_no_SIP_close_the_connection_and_nothing_else()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var mallory = lab.Connect("bob", "bad1");

        mallory.SendRaw(Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nHost: contoso.test\r\n\r\n"));

        lab.Advance(TimeSpan.FromSeconds(5));
        Assert.True(mallory.IsClosed);
        alice.Register();
        alice.ExpectsResponse(200);
    }

    private static string Drain(RawClient client)
    {
        var seen = new StringBuilder();
        while (client.TryTake(out var message))
        {
            seen.Append(message).Append('\n');
        }

        return seen.ToString();
    }

    private static string Mutate(string text, SeededRandomSource random)
    {
        var mutated = new StringBuilder(text);
        for (var count = 1 + random.Next(4); count > 0 && mutated.Length > 0; count--)
        {
            var at = random.Next(mutated.Length);
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] = (char)random.Next(256);
                    break;
                case 1:
                    mutated.Remove(at, Math.Min(1 + random.Next(40), mutated.Length - at));
                    break;
                case 2:
                    mutated.Insert(at, mutated.ToString(at, Math.Min(1 + random.Next(40), mutated.Length - at)));
                    break;
                case 3:
                    mutated.Insert(at, "<>;,\"=:@%&?\r\n\t"[random.Next(14)]);
                    break;
                default:
                    mutated[at] = "0123456789<>;\"/:@"[random.Next(17)];
                    break;
            }
        }

        return mutated.ToString();
    }
}
