using System.Net;
using System.Net.Sockets;
using System.Text;
using UcSdk.Server;

namespace UcSdk.Conversations.Tests;

/// <summary>What can be thrown at the sockets of a running server; whatever it was, the next valid join succeeds. Real sockets, real time.</summary>
public sealed class HostileSocketsTests
{
    // 10^9 letters when its entities are followed.
    private const string Bomb =
        """
        <!DOCTYPE a [<!ENTITY x0 "lol"><!ENTITY x1 "&x0;&x0;&x0;&x0;&x0;&x0;&x0;&x0;&x0;&x0;"><!ENTITY x2 "&x1;&x1;&x1;&x1;&x1;&x1;&x1;&x1;&x1;&x1;">
        <!ENTITY x3 "&x2;&x2;&x2;&x2;&x2;&x2;&x2;&x2;&x2;&x2;"><!ENTITY x4 "&x3;&x3;&x3;&x3;&x3;&x3;&x3;&x3;&x3;&x3;">
        <!ENTITY x5 "&x4;&x4;&x4;&x4;&x4;&x4;&x4;&x4;&x4;&x4;"><!ENTITY x6 "&x5;&x5;&x5;&x5;&x5;&x5;&x5;&x5;&x5;&x5;">]>
        <request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1" from="sip:mallory@contoso.test" to="sip:mallory@contoso.test"><addConference>&x6;</addConference></request>
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public static TheoryData<string, byte[]> Bytes => new()
    {
        { "a message cut off in its headers", Encoding.UTF8.GetBytes("INVITE sip:alice@contoso.test SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;bran") },
        { "a message cut off in its body", Encoding.UTF8.GetBytes(Request("SERVICE", "Content-Type: application/cccp+xml\r\nContent-Length: 500\r\n\r\n<request")) },
        { "a body larger than allowed", Encoding.UTF8.GetBytes(Request("SERVICE", "Content-Length: 99999999\r\n\r\n")) },
        { "a length that is no number", Encoding.UTF8.GetBytes(Request("OPTIONS", "Content-Length: many\r\n\r\n")) },
        { "a negative length", Encoding.UTF8.GetBytes(Request("OPTIONS", "Content-Length: -5\r\n\r\n")) },
        { "two lengths", Encoding.UTF8.GetBytes(Request("OPTIONS", "Content-Length: 0\r\nContent-Length: 7\r\n\r\n")) },
        { "a length shorter than the body", Encoding.UTF8.GetBytes(Request("OPTIONS", "Content-Length: 3\r\n\r\n<html>garbage</html>\r\n\r\n")) },
        { "a header without an end", Encoding.UTF8.GetBytes("OPTIONS sip:contoso.test SIP/2.0\r\nX: " + new string('x', 200_000)) },
        { "headers without an end", Encoding.UTF8.GetBytes("OPTIONS sip:contoso.test SIP/2.0\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 30_000))) },
        { "noise", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 >> 3))] },
        { "a TLS hello", [0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x03] },
        { "line ends only", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\r\n", 10_000))) },
    };

    [Theory]
    [MemberData(nameof(Bytes))]
    public async Task Bytes_at_the_SIP_socket_leave_the_next_join_untouched(string what, byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var server = await StartAsync(limit.Token);
        using (var mallory = await ConnectAsync(server, limit.Token))
        {
            try
            {
                var stream = mallory.GetStream();
                await stream.WriteAsync(bytes, limit.Token);
                mallory.Client.Shutdown(SocketShutdown.Send);
                // The server has understood that nothing follows once it closes its side.
                await stream.CopyToAsync(Stream.Null, limit.Token);
            }
            catch (Exception closed) when (closed is IOException or SocketException)
            {
                // The server hung up before it had heard everything, as it may.
            }
        }

        await AssertNextJoinAsync(server, what, limit.Token);
    }

    [Fact]
    public async Task A_bomb_in_a_body_is_refused_and_the_next_join_succeeds()
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var server = await StartAsync(limit.Token);
        using (var mallory = await ConnectAsync(server, limit.Token))
        {
            Assert.StartsWith("SIP/2.0 200", await AskAsync(mallory, Request("REGISTER", "Contact: <sip:127.0.0.1:5060;transport=tcp>;proxy=replace\r\nContent-Length: 0\r\n\r\n"), limit.Token), StringComparison.Ordinal);
            var service = Request("SERVICE", $"Content-Type: application/cccp+xml\r\nContent-Length: {Encoding.UTF8.GetByteCount(Bomb)}\r\n\r\n{Bomb}", "sip:mallory@contoso.test;gruu;opaque=app:conf:focusfactory");
            Assert.StartsWith("SIP/2.0 400", await AskAsync(mallory, service, limit.Token), StringComparison.Ordinal);
        }

        await AssertNextJoinAsync(server, "an XML bomb", limit.Token);
    }

    [Fact]
    public async Task Noise_at_the_media_sockets_of_a_running_conference_is_counted_and_dropped()
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var server = await StartAsync(limit.Token);
        await using var alice = await SignInAsync(server, "alice", limit.Token);
        var meeting = await alice.ConversationManager.MeetNowAsync(cancellationToken: limit.Token);
        await meeting.JoinAsync(cancellationToken: limit.Token);
        var audio = (await meeting.AVModality.GetStatisticsAsync(limit.Token))!;

        using (var mallory = new UdpClient(AddressFamily.InterNetwork))
        {
            foreach (var endpoint in new[] { audio.LocalEndPoint!, audio.RemoteEndPoint! })
            {
                for (var length = 0; length < 1500; length += 7)
                {
                    var noise = Enumerable.Range(0, length).Select(i => (byte)((i + length) * 31)).ToArray();
                    await mallory.SendAsync(noise, endpoint, limit.Token);
                    await mallory.SendAsync(noise, new IPEndPoint(endpoint.Address, endpoint.Port + 1), limit.Token);
                }
            }
        }

        await AssertNextJoinAsync(server, "noise at the media sockets", limit.Token, meeting.ConferenceSession!.ConferenceUri);
        Assert.Equal(ModalityState.Connected, meeting.AVModality.State);
        Assert.NotEmpty((await meeting.AVModality.GetStatisticsAsync(limit.Token))!.Dropped);
    }

    private static string Request(string method, string rest, string uri = "sip:contoso.test") =>
        $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bK{method}\r\nMax-Forwards: 70\r\n"
        + $"From: <sip:mallory@contoso.test>;tag=m;epid=0badc0de\r\nTo: <{(method == "REGISTER" ? "sip:mallory@contoso.test" : uri)}>\r\nCall-ID: {method}\r\nCSeq: 1 {method}\r\n{rest}";

    private static async Task<UcServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new UcServer(new UcServerOptions { Users = [new("alice"), new("bob"), new("mallory")] });
        await server.StartAsync(cancellationToken);
        return server;
    }

    private static async Task<TcpClient> ConnectAsync(UcServer server, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.ListenAddresses[0].Port, cancellationToken);
        return client;
    }

    private static async Task<string> AskAsync(TcpClient client, string request, CancellationToken cancellationToken)
    {
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), cancellationToken);
        var buffer = new byte[8192];
        var text = "";
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await client.GetStream().ReadAsync(buffer, cancellationToken);
            Assert.True(count > 0, $"The server hung up after: {text}");
            text += Encoding.UTF8.GetString(buffer, 0, count);
        }

        return text;
    }

    private static async Task<LyncClient> SignInAsync(UcServer server, string name, CancellationToken cancellationToken)
    {
        var client = new LyncClient(new LyncClientOptions { Server = server.ListenAddresses[0] });
        await client.SignInAsync(server.AddressOf(name), cancellationToken);
        return client;
    }

    private static async Task AssertNextJoinAsync(UcServer server, string what, CancellationToken cancellationToken, string? conferenceUri = null)
    {
        await using var bob = await SignInAsync(server, "bob", cancellationToken);
        var conversation = conferenceUri is null
            ? await bob.ConversationManager.MeetNowAsync(cancellationToken: cancellationToken)
            : await bob.ConversationManager.AddConversationAsync(conferenceUri, cancellationToken);
        await conversation.JoinAsync(cancellationToken: cancellationToken);
        Assert.True(conversation.AVModality.State == ModalityState.Connected, $"After {what} bob could not join.");
    }
}
