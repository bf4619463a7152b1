using UcSdk.Sip;

namespace UcSdk.TestKit;

/// <summary>What was said in a world, line by line. Keep-alives and 100 Trying, which say nothing, are left out.</summary>
internal sealed class Wire(MemoryNetwork network)
{
    private readonly List<WireLine> _lines = [];
    private int _read;

    public IReadOnlyList<WireLine> Lines
    {
        get
        {
            for (var transcript = network.Transcript; _read < transcript.Count; _read++)
            {
                Read(transcript[_read]);
            }

            return _lines;
        }
    }

    /// <summary>Whether the line was said; what it says of the body may be left out.</summary>
    public bool Has(string line) => Lines.Any(one => Matches(one, line));

    /// <summary>How often the line was said.</summary>
    public int Count(string line) => Lines.Count(one => Matches(one, line));

    /// <summary>The line as it was said first.</summary>
    public WireLine First(string line)
    {
        var first = Lines.FirstOrDefault(one => Matches(one, line));
        Assert.True(first is not null, $"Nobody said: {line}.");
        return first;
    }

    /// <summary>The dialog that a line began: all lines with its Call-ID that a host sent or received.</summary>
    public IReadOnlyList<string> Dialog(string firstLine, string seenBy) => Dialog(First(firstLine), seenBy);

    /// <inheritdoc cref="Dialog(string, string)"/>
    public IReadOnlyList<string> Dialog(WireLine first, string seenBy) =>
        [.. Lines.Where(line => line.Message.CallId == first.Message.CallId && (line.From == seenBy || line.To == seenBy)).Select(line => line.ToString())];

    /// <summary>Asserts that the lines were said in this order; others may stand between them.</summary>
    public void AssertInOrder(params string[] expected)
    {
        var at = 0;
        foreach (var line in Lines)
        {
            if (at < expected.Length && Matches(line, expected[at]))
            {
                at++;
            }
        }

        Assert.True(at == expected.Length, $"Not said, or not in this order: {(at < expected.Length ? expected[at] : "")}.");
    }

    private static bool Matches(WireLine line, string expected)
    {
        var text = line.ToString();
        return text == expected || (text.StartsWith(expected, StringComparison.Ordinal) && text[expected.Length..].StartsWith(" (", StringComparison.Ordinal));
    }

    private void Read(MemoryTranscriptEntry entry)
    {
        if (SipMessage.TryParse(entry.Bytes, SipLimits.Unlimited, out var message, out _) && message is not SipResponse { StatusCode: 100 })
        {
            _lines.Add(new WireLine(entry.Time, NameOf(entry.From), NameOf(entry.To), message!));
        }
    }

    private static string NameOf(SipTransportAddress address) => address.Host.StartsWith("sip.", StringComparison.Ordinal) ? "server" : address.Host;
}
