using System.Text.Json;

namespace UcSdk.Interop.Tests;

/// <summary>The sample's conference as an analyser that we did not write sees it on the loopback interface.</summary>
public sealed class ConferenceCaptureTests
{
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
        var directory = Directory.CreateTempSubdirectory("ucsdk-capture-");
        try
        {
            var file = Path.Combine(directory.FullName, "conference.pcapng");
            var summary = await CaptureSampleAsync(tshark, file, directory.FullName, limit.Token);
            var capture = new Capture(tshark, file, summary);

            var invites = await capture.ReadAsync("sip.Method == \"INVITE\" && sip.from.user == \"bob\" || sip.Method == \"INVITE\" && sip.to.user == \"bob\"", ["sip.Call-ID", "sip.Content-Type"], limit.Token);
            var dialogs = invites.Select(row => (CallId: row[0], ContentType: row[1])).Distinct().ToArray();
            Assert.Equal(BobsDialogs, dialogs.Select(dialog => dialog.ContentType).Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(3, dialogs.Select(dialog => dialog.CallId).Distinct().Count());
            foreach (var (callId, contentType) in dialogs.DistinctBy(dialog => dialog.CallId))
            {
                await RequireAnsweredAndEndedAsync(capture, callId, contentType, limit.Token);
            }

            Assert.Empty(await capture.ReadAsync("_ws.malformed && (sip || rtp || sdp)", ["frame.number", "_ws.col.Info"], limit.Token));
            await RequireAudioBothWaysAsync(capture, summary, limit.Token);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<JsonElement> CaptureSampleAsync(string tshark, string file, string recordings, CancellationToken cancellationToken)
    {
        await using var capturing = PeerProcess.Start(tshark, "-i", "lo", "-f", "tcp or udp", "-w", file, "-q");
        await capturing.WaitForTextAsync("Capturing on", cancellationToken);
        var json = await PeerProcess.RunAsync("dotnet", [Sample.Assembly("ConferenceJoin"), "--json", "--record", recordings], cancellationToken);
        await capturing.InterruptAsync(cancellationToken);
        return JsonDocument.Parse(json).RootElement;
    }

    private static async Task RequireAnsweredAndEndedAsync(Capture capture, string callId, string contentType, CancellationToken cancellationToken)
    {
        var rows = await capture.ReadAsync($"sip.Call-ID == \"{callId}\"", ["sip.Method", "sip.Status-Code", "sip.CSeq.method"], cancellationToken);
        Assert.True(rows.Any(row => row[1] == "200" && row[2] == "INVITE"), $"The INVITE with {contentType} has no 200.");
        Assert.True(rows.Any(row => row[0] == "ACK"), $"The 200 to the INVITE with {contentType} has no ACK.");
        Assert.True(rows.Any(row => row[0] == "BYE"), $"The dialog of {contentType} has no BYE.");
        Assert.True(rows.Any(row => row[1] == "200" && row[2] == "BYE"), $"The BYE of {contentType} has no 200.");
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
