using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace UcSdk.Sip.Tests;

public sealed class SvgLadderTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly SipLadderOptions ByHost = new() { NameOf = address => address.Host };

    [Fact]
    public void Each_message_is_an_arrow_from_lifeline_to_lifeline_with_its_time_gap_and_duration()
    {
        var svg = Read(SipLadder.DrawSvg(TracedCall.Entries(), ByHost));
        Assert.Equal(["alice", "server", "bob"], Texts(svg, "name"));
        var columns = svg.Elements(Svg + "line").Select(line => line.Attribute("x1")!.Value).ToArray();
        var rows = svg.Elements(Svg + "g").ToArray();
        Assert.Equal(6, rows.Length);
        Assert.Equal(["0.003", "+0.003"], Texts(rows[1], "faint"));
        Assert.Equal(["0.250", "+0.247"], Texts(rows[2], "faint"));
        Assert.Equal("180 Ringing INVITE", Label(rows[2]));
        Assert.Equal(columns[0], rows[0].Element(Svg + "line")!.Attribute("x1")!.Value);
        Assert.Equal(columns[1], rows[1].Element(Svg + "line")!.Attribute("x1")!.Value);
        Assert.StartsWith($"M{columns[2]} ", rows[1].Element(Svg + "path")!.Attribute("d")!.Value, StringComparison.Ordinal);
        Assert.StartsWith($"M{columns[1]} ", rows[2].Element(Svg + "path")!.Attribute("d")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Dialogs_have_colours_and_unreadable_bytes_have_none()
    {
        var rows = Read(SipLadder.DrawSvg(TracedCall.Entries())).Elements(Svg + "g").ToArray();
        Assert.Equal(["d d0", "d d0", "d d0", "d d0", "d d1", "d"], rows.Select(row => row.Element(Svg + "line")!.Attribute("class")!.Value));
    }

    [Fact]
    public void Retransmissions_are_dashed_and_a_final_response_says_what_its_transaction_took()
    {
        SipTraceEntry[] entries =
        [
            Entry(0, SipTraceDirection.Sent, Request("")), Entry(500, SipTraceDirection.Sent, Request("")),
            Entry(600, SipTraceDirection.Received, Response("100 Trying")), Entry(750, SipTraceDirection.Received, Response("200 OK")),
            Entry(800, SipTraceDirection.Received, Response("200 OK")),
        ];
        var rows = Read(SipLadder.DrawSvg(entries)).Elements(Svg + "g").ToArray();
        Assert.Equal(["d d0", "d d0 again", "d d0", "d d0", "d d0 again"], rows.Select(row => row.Element(Svg + "line")!.Attribute("class")!.Value));
        Assert.Equal(["OPTIONS", "OPTIONS", "100 Trying OPTIONS", "200 OK OPTIONS +750 ms", "200 OK OPTIONS +800 ms"], rows.Select(Label));
        Assert.Contains("sent again\n", rows[1].Element(Svg + "title")!.Value, StringComparison.Ordinal);
        Assert.Contains("200 OK OPTIONS +750 ms ", SipLadder.Draw(entries, new() { ShowTimings = true }), StringComparison.Ordinal);
        Assert.DoesNotContain("ms", SipLadder.Draw(entries), StringComparison.Ordinal);
    }

    [Fact]
    public void The_hint_is_the_head_of_the_message_without_secrets()
    {
        var picture = SipLadder.DrawSvg(TracedCall.Entries(), ByHost);
        var hint = Read(picture).Elements(Svg + "g").First().Element(Svg + "title")!.Value;
        Assert.StartsWith("2030-01-01 12:00:01.000Z  tcp://alice:50001 → tcp://server:5060\nINVITE sip:bob@example.test SIP/2.0\nVia: ", hint, StringComparison.Ordinal);
        Assert.Contains("Authorization: NTLM [redacted]", hint, StringComparison.Ordinal);
        Assert.EndsWith($"[{TracedCall.Sdp.Length} bytes of application/sdp]", hint, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_peer_writes_is_text_and_never_markup()
    {
        var svg = Read(SipLadder.DrawSvg(
            [Entry(0, SipTraceDirection.Received, Request("Event: </text><script>\"&amp;\u0001\ufffe\ud83d\ude00'\r\n"))],
            new() { NameOf = address => $"<{address.Host}&\ud800", ColumnWidth = 100 }));
        Assert.Empty(svg.Descendants(Svg + "script"));
        Assert.Equal(["<self&\ufffd", "<peer&\ufffd"], Texts(svg, "name").Order(StringComparer.Ordinal).Reverse());
        Assert.Contains("</text><script>\"&amp;", svg.Value, StringComparison.Ordinal);
        Assert.Contains("😀", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_entries_give_the_same_picture_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        var picture = SipLadder.DrawSvg(TracedCall.Entries());
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(picture, SipLadder.DrawSvg(TracedCall.Entries()));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Light_and_dark_screens_get_colours_of_their_own()
    {
        var style = Read(SipLadder.DrawSvg([])).Element(Svg + "style")!.Value;
        Assert.Contains("@media (prefers-color-scheme:dark){.paper{fill:#15181d}", style, StringComparison.Ordinal);
        Assert.Equal(style.Count(c => c == '{'), style.Count(c => c == '}'));
    }

    [Fact]
    public void What_is_left_out_is_counted_what_stays_at_home_is_a_loop_and_nothing_is_said_to_be_nothing()
    {
        Assert.Contains("2 more messages, to other ends", Read(SipLadder.DrawSvg(TracedCall.Entries(), ByHost with { MaxLifelines = 2 })).Value, StringComparison.Ordinal);
        Assert.Contains("no messages", Read(SipLadder.DrawSvg([])).Value, StringComparison.Ordinal);
        var loop = Read(SipLadder.DrawSvg([Entry(0, SipTraceDirection.Sent, Request(""))], new() { NameOf = _ => "one" })).Element(Svg + "g")!;
        Assert.Null(loop.Element(Svg + "line"));
        Assert.Equal("OPTIONS", Label(loop));
        Assert.Throws<ArgumentOutOfRangeException>(() => SipLadder.DrawSvg([], new() { ColumnWidth = 11 }));
    }

    private static SipTraceEntry Entry(int milliseconds, SipTraceDirection direction, string text)
    {
        var flow = new SipFlow("UDP", new("UDP", "self", 5060), new("UDP", "peer", 5060), isReliable: false, isOutgoing: true);
        return new(TimeSpan.FromMilliseconds(milliseconds), DateTimeOffset.UnixEpoch, direction, flow, Encoding.UTF8.GetBytes(text));
    }

    private static string Request(string fields) => $"OPTIONS sip:peer SIP/2.0\r\nVia: SIP/2.0/UDP self;branch=z9hG4bK1\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n{fields}\r\n";

    private static string Response(string status) => $"SIP/2.0 {status}\r\nVia: SIP/2.0/UDP self;branch=z9hG4bK1\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n";

    private static string Label(XElement row) => Texts(row, "text").Single();

    private static IEnumerable<string> Texts(XElement element, string style) =>
        element.Elements(Svg + "text").Where(text => text.Attribute("class")!.Value.Split(' ').Contains(style)).Select(text => text.Value);

    private static XElement Read(string picture)
    {
        using var reader = XmlReader.Create(new StringReader(picture), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
    }
}
