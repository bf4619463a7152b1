using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>One sending over a <see cref="MemoryNetwork"/>.</summary>
/// <param name="Time">When it was sent, from the making of the network.</param>
/// <param name="From">The sender's end of the flow.</param>
/// <param name="To">The receiver's end of the flow.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Bytes">A whole message or a keep-alive.</param>
public sealed record MemoryTranscriptEntry(
    TimeSpan Time, SipTransportAddress From, SipTransportAddress To, MemoryFate Fate, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The first line of what was sent; empty for a keep-alive.</summary>
    public string FirstLine
    {
        get
        {
            var end = Bytes.Span.IndexOfAny((byte)'\r', (byte)'\n');
            return Encoding.UTF8.GetString(end < 0 ? Bytes.Span : Bytes.Span[..end]);
        }
    }

    /// <summary>One line: time, ends, fate, size and first line; never a body.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Time:c} {From} → {To} {Fate} {Bytes.Length} {FirstLine}");
}
