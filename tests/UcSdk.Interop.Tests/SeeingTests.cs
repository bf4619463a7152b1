using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace UcSdk.Interop.Tests;

/// <summary>What the samples write with <c>--capture</c> and <c>--ladder</c>, as programs that we did not write read it.</summary>
public sealed partial class SeeingTests
{
    [Theory]
    [InlineData("memory")]
    [InlineData("udp")]
    [InlineData("tls")]
    public async Task Tshark_reads_every_packet_of_a_conference_and_the_messages_that_the_trace_shows(string transport)
    {
        var tshark = Peer.Require("tshark", "tshark");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var directory = new TempDirectory();
        var (file, picture) = (directory["own.pcapng"], directory["own.svg"]);
        await using var sample = PeerProcess.Start(
            "dotnet", Sample.Assembly("ConferenceJoin"), "--transport", transport, "--json", "--verbose", "--record", directory.FullName, "--capture", file, "--ladder", picture);
        Assert.Equal(0, await sample.WaitForExitAsync(limit.Token));

        var traced = TracedMessage().Matches(sample.Errors).Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)).ToArray();
        Assert.True(traced.Length > 80, $"The trace shows {traced.Length} messages.");
        var capture = new Capture(tshark, file);
        var read = await capture.ReadSipAsync(limit.Token);
        Assert.Equal(traced, read.Select(message => (message.Method + message.Status, message.CallId, message.CSeq)));
        await RequireSoundAsync(capture, limit.Token);
        Assert.Equal(traced.Length, RowsOf(picture).Count());
    }

    [Fact]
    public async Task The_Lab_shows_what_Sipp_said_to_it_without_the_password_that_proved_it()
    {
        var tshark = Peer.Require("tshark", "tshark");
        var sipp = Peer.Require("sipp", "sip-tester");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var directory = new TempDirectory();
        var (file, picture) = (directory["lab.pcapng"], directory["lab.svg"]);
        await using var lab = await LabProcess.StartAsync(
            "tcp", limit.Token, "--user", "alice:wonderland", "--user", "bob", "--auth", "digest", "--digest", "MD5", "--capture", file, "--ladder", picture);
        var scenario = Path.Combine(AppContext.BaseDirectory, "Scenarios", "password.xml");
        await PeerProcess.RunAsync(sipp, [lab.HostAndPort, "-sf", scenario, "-m", "1", "-t", "t1", "-i", "127.0.0.1", "-nostdin", "-timeout", "20", "-timeout_error", "-auth_uri", "contoso.test"], limit.Token);
        Assert.Equal(0, await lab.StopAsync(limit.Token));

        var capture = new Capture(tshark, file);
        await RequireSoundAsync(capture, limit.Token);
        var answers = await capture.ReadAsync("sip.Authorization", ["sip.auth.scheme", "sip.auth.realm", "sip.auth.digest.response"], limit.Token);
        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.Equal(("Digest", new string('x', 32)), (answer[0], answer[2].Trim('"'))));
        Assert.Contains(RowsOf(picture), row => row.Contains("Authorization: Digest [redacted]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ConferenceJoin", "--capture")]
    [InlineData("ConferenceJoin", "--ladder")]
    [InlineData("Lab", "--capture")]
    [InlineData("Lab", "--ladder")]
    public async Task A_file_that_cannot_be_written_ends_with_2_and_one_line(string sample, string option)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "file");
        await using var process = PeerProcess.Start("dotnet", Sample.Assembly(sample), option, file);
        Assert.Equal(2, await process.WaitForExitAsync(limit.Token));
        Assert.StartsWith($"{sample}: {option}: {file} cannot be written: ", Assert.Single(process.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(process.Output);
    }

    // What is no SIP is a handshake, an acknowledgement or an end; and no checksum, number or message is wrong.
    private static async Task RequireSoundAsync(Capture capture, CancellationToken cancellationToken)
    {
        Assert.Empty(await capture.ReadAsync("_ws.malformed || _ws.expert.severity >= warning", ["frame.number", "_ws.col.Info", "_ws.expert.message"], cancellationToken));
        Assert.Empty(await capture.ReadAsync("ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0", ["frame.number"], cancellationToken));
        Assert.Empty(await capture.ReadAsync("!sip && !(tcp.len == 0)", ["frame.number", "_ws.col.Info"], cancellationToken));
    }

    private static IEnumerable<string> RowsOf(string picture)
    {
        using var reader = XmlReader.Create(picture, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        XNamespace svg = "http://www.w3.org/2000/svg";
        return [.. XDocument.Load(reader).Root!.Elements(svg + "g").Select(row => row.Element(svg + "title")!.Value)];
    }

    // A line that begins a message, its method or status, then its Call-ID and CSeq wherever they stand in the head.
    [GeneratedRegex(@"^--- .*\r?\n(?:SIP/2\.0 )?(\S+) .*\r?\n(?=(?:[^\r\n]+\r?\n)*?Call-ID: (\S+))(?=(?:[^\r\n]+\r?\n)*?CSeq: (\S+ \S+))", RegexOptions.Multiline)]
    private static partial Regex TracedMessage();
}
