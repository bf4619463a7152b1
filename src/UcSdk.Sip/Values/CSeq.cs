using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The CSeq header (RFC 3261 §20.16).</summary>
/// <param name="Number">0 … 2³¹−1.</param>
/// <param name="Method">The method of the request.</param>
public sealed record CSeq(uint Number, SipMethod Method)
{
    /// <summary>Reads a value; a number of 2³¹ or more is refused (§8.1.1.5).</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CSeq? value)
    {
        value = null;
        var rest = text.AsSpan().Trim();
        var blank = rest.IndexOfAny(" \t");
        if (blank <= 0
            || !uint.TryParse(rest[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > int.MaxValue
            || !SipMethod.TryParse(rest[blank..].Trim(), out var method))
        {
            return false;
        }

        value = new CSeq(number, method);
        return true;
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() => $"{Number.ToString(CultureInfo.InvariantCulture)} {Method}";
}
