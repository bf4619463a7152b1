using System.Text;
using UcSdk.Server;
using UcSdk.Shared;
using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

/// <summary>A password that would be recognised anywhere is nowhere: in no log, trace, capture, transcript, exception or text of an object.</summary>
public sealed class SecretsTests
{
    private const string Password = "Rumpelstiltskin-1812";

    [Theory]
    [InlineData(SipAuthenticationScheme.Ntlm, Password)]
    [InlineData(SipAuthenticationScheme.Digest, Password)]
    [InlineData(SipAuthenticationScheme.Ntlm, "Rumpelstiltskin-1813")]
    [InlineData(SipAuthenticationScheme.Digest, "Rumpelstiltskin-1813")]
    public async Task What_was_typed_is_shown_nowhere(SipAuthenticationScheme scheme, string typed)
    {
        var log = new RecordingLog();
        using var text = new StringWriter();
        using var packets = new MemoryStream();
        var capture = new PcapngTrace(packets);
        var trace = new TraceFanOut(new TextTrace(text) { ShowBodies = true }, capture);
        var shown = new List<string>();
        using var password = new SipPassword(typed);
        World.Tell(
            async world =>
            {
                var alice = world.Introduce("alice");
                if (typed == Password)
                {
                    await alice.Client.SignInAsync(alice.Address);
                    await alice.MeetAsync();
                    await alice.JoinAsync();
                }
                else
                {
                    shown.Add((await Assert.ThrowsAsync<RegisterException>(() => alice.Client.SignInAsync(alice.Address))).ToString());
                }

                shown.AddRange([alice.Client.ToString()!, world.Server.ToString()!, alice.HistoryOf(alice.Client)[^1]]);
                shown.AddRange(world.Network.Transcript.Select(entry => Encoding.Latin1.GetString(entry.Bytes.Span)));
            },
            new()
            {
                Server = options => Noted(options with
                {
                    Users = [new UcServerUser("alice") { Password = new SipPassword(Password) }],
                    Authentication = new() { Schemes = [scheme] },
                    LoggerFactory = log,
                    LogUserData = true,
                    Trace = trace,
                }),
                Client = options => Noted(options with { Password = password, LoggerFactory = log, LogUserData = true, Trace = trace }),
            });
        await capture.DisposeAsync();
        shown.AddRange([text.ToString(), Encoding.Latin1.GetString(packets.ToArray())]);
        shown.AddRange(log.Lines);

        Assert.NotEmpty(log.Lines);
        Assert.Contains(shown, line => line.Contains(scheme == SipAuthenticationScheme.Ntlm ? "NTLM" : "Digest", StringComparison.Ordinal));
        foreach (var secret in FormsOf(typed))
        {
            Assert.DoesNotContain(shown, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        T Noted<T>(T options)
            where T : notnull
        {
            shown.Add(options.ToString()!);
            return options;
        }
    }

    private static IEnumerable<string> FormsOf(string password)
    {
        var utf8 = Encoding.UTF8.GetBytes(password);
        var utf16 = Encoding.Unicode.GetBytes(password);
        var hash = new byte[NtlmMath.HashBytes];
        NtlmMath.HashPassword(utf8, hash);
        return
        [
            password, Encoding.Latin1.GetString(utf16), Convert.ToBase64String(utf8), Convert.ToHexString(utf8), Convert.ToHexString(utf16),
            Convert.ToHexString(hash), Convert.ToBase64String(hash), Encoding.Latin1.GetString(hash),
        ];
    }
}
