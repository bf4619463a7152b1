namespace UcSdk.Media;

/// <summary>
/// An <c>a=x-ssrc-range</c> line: the SSRCs that its sender will use ([MS-SDPEXT] §3.1.5.31); packets with others are dropped.
/// </summary>
/// <param name="First">The first SSRC, at least 1.</param>
/// <param name="Last">The last SSRC, at most 0xFFFFFF00.</param>
public readonly record struct SsrcRange(uint First, uint Last)
{
    private const uint Maximum = 0xFFFFFF00;

    /// <summary>Reads the value of the attribute.</summary>
    /// <param name="value">The text after the colon.</param>
    /// <param name="range">The range.</param>
    /// <returns>True when it is well-formed and within the allowed values.</returns>
    public static bool TryParse(string value, out SsrcRange range)
    {
        range = default;
        var text = value.AsSpan().Trim();
        var dash = text.IndexOf('-');
        if (dash < 0 || !SdpText.TryParseNumber(text[..dash], Maximum, out var first)
            || !SdpText.TryParseNumber(text[(dash + 1)..], Maximum, out var last) || first == 0 || last < first)
        {
            return false;
        }

        range = new((uint)first, (uint)last);
        return true;
    }

    /// <summary>Whether the SSRC lies in the range.</summary>
    /// <param name="ssrc">The SSRC.</param>
    /// <returns>True when it does.</returns>
    public bool Contains(uint ssrc) => ssrc >= First && ssrc <= Last;

    /// <summary>The value of the attribute.</summary>
    /// <returns>The text after the colon.</returns>
    public override string ToString() => $"{SdpText.Number(First)}-{SdpText.Number(Last)}";
}
