using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace UcSdk.Interop.Tests;

/// <summary>The sample's conference as an analyser that we did not write sees it on the loopback interface.</summary>
public sealed class ConferenceCaptureTests
{
    private const int MarkerLength = 7777;

    private static readonly string[] BobsDialogs =
    [
        "application/cccp+xml",
        "application/ms-conf-invite+xml",
        "application/sdp",
    ];

    [Fact]
    public async Task Tshark_sees_bobs_three_dialogs_answered_and_ended_and_audio_both_ways()
    {
        var tshark = Peer.Require("tshark", "tshark");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var directory = new TempDirectory();
        var file = directory["conference.pcapng"];
        var ownFile = directory["own.pcapng"];
        var summary = await CaptureSampleAsync(tshark, file, ownFile, directory.FullName, limit.Token);
        var capture = new Capture(tshark, file, summary);

        var messages = await capture.ReadSipAsync(limit.Token);
        var dialogs = messages
            .Where(message => message.Method == "INVITE" && (message.FromUser == "bob" || message.ToUser == "bob"))
            .DistinctBy(message => message.CallId)
            .ToArray();
        Assert.Equal(BobsDialogs, dialogs.Select(dialog => dialog.ContentType).Order(StringComparer.Ordinal));
        Assert.All(dialogs, dialog => RequireAnsweredAndEnded(messages, dialog));
        Assert.Empty(await capture.ReadAsync("_ws.malformed && (sip || rtp || sdp)", ["frame.number", "_ws.col.Info"], limit.Token));
        await RequireAudioBothWaysAsync(capture, summary, limit.Token);
        RequireSameMessages(messages, await new Capture(tshark, ownFile).ReadSipAsync(limit.Token));
    }

    private static async Task<JsonElement> CaptureSampleAsync(string tshark, string file, string ownFile, string recordings, CancellationToken cancellationToken)
    {
        await using var capturing = PeerProcess.Start(tshark, "-i", "lo", "-f", "tcp or udp", "-w", file, "-P", "-l");
        await capturing.WaitForTextAsync("Capturing on", cancellationToken);
        var json = await PeerProcess.RunAsync("dotnet", [Sample.Assembly("ConferenceJoin"), "--json", "--record", recordings, "--capture", ownFile], cancellationToken);
        await SendMarkerAsync(cancellationToken);
        await capturing.WaitForTextAsync($"Len={MarkerLength}", cancellationToken);
        await capturing.InterruptAsync(cancellationToken);
        return JsonDocument.Parse(json).RootElement;
    }

    // Packets reach the analyser late; once it shows the marker, it has seen all that went before.
    private static async Task SendMarkerAsync(CancellationToken cancellationToken)
    {
        using var sender = new UdpClient(AddressFamily.InterNetwork);
        await sender.SendAsync(new byte[MarkerLength], new IPEndPoint(IPAddress.Loopback, 9), cancellationToken);
    }

    private static void RequireAnsweredAndEnded(IReadOnlyList<CapturedSip> messages, CapturedSip invite)
    {
        var dialog = messages.Where(message => message.CallId == invite.CallId).ToArray();
        Assert.Contains(dialog, message => message is { Status: "200", CSeqMethod: "INVITE" });
        Assert.Contains(dialog, message => message.Method == "ACK");
        Assert.Contains(dialog, message => message.Method == "BYE");
        Assert.Contains(dialog, message => message is { Status: "200", CSeqMethod: "BYE" });
    }

    // One way of one connection has an order; two ways may overtake each other between the wire and the server.
    private static void RequireSameMessages(IReadOnlyList<CapturedSip> onTheWire, IReadOnlyList<CapturedSip> inOurFile)
    {
        Assert.NotEmpty(onTheWire);
        Assert.Equal(onTheWire.Select(message => message.Way).Distinct().Order(), inOurFile.Select(message => message.Way).Distinct().Order());
        Assert.All(
            onTheWire.GroupBy(message => message.Way),
            way => Assert.Equal(way, inOurFile.Where(message => message.Way == way.Key)));
    }

    private static async Task RequireAudioBothWaysAsync(Capture capture, JsonElement summary, CancellationToken cancellationToken)
    {
        var bob = summary.GetProperty("participants").EnumerateArray().Single(person => person.GetProperty("name").GetString() == "bob");
        var local = PortOf(bob.GetProperty("rtpLocal").GetString()!);
        var remote = PortOf(bob.GetProperty("rtpRemote").GetString()!);
        var sent = await capture.ReadAsync($"rtp && udp.srcport == {local} && udp.dstport == {remote}", ["rtp.ssrc"], cancellationToken);
        var received = await capture.ReadAsync($"rtp && udp.srcport == {remote} && udp.dstport == {local}", ["rtp.ssrc"], cancellationToken);
        Assert.True(sent.Count >= 100, $"bob sent {sent.Count} RTP packets.");
        Assert.True(received.Count >= 100, $"bob received {received.Count} RTP packets.");
        Assert.Single(sent.Select(row => row[0]).Distinct());
        Assert.Single(received.Select(row => row[0]).Distinct());
    }

    private static string PortOf(string endpoint) => endpoint[(endpoint.LastIndexOf(':') + 1)..];
}
