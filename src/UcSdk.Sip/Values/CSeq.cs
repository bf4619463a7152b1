using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The CSeq header (RFC 3261 §20.16).</summary>
/// <param name="Number">0 … 2³¹−1.</param>
/// <param name="Method">The method of the request.</param>
public sealed record CSeq(uint Number, SipMethod Method) : IWireValue<CSeq>
{
    /// <summary>Reads a value; a number of 2³¹ or more is refused (§8.1.1.5).</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CSeq? value)
    {
        value = null;
        return text is not null && TryRead(WireText.Encode(text), out value);
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() => Write(Number, Method);

    /// <summary>The same of a value that nobody needs otherwise.</summary>
    internal static string Write(uint number, SipMethod method) => string.Create(CultureInfo.InvariantCulture, $"{number} {method.Name}");

    static bool IWireValue<CSeq>.TryRead(WireSlice field, [NotNullWhen(true)] out CSeq? value) =>
        TryRead(Scan.IndexOf(field.Span, (byte)',') is var comma and >= 0 ? field with { End = field.Start + comma } : field, out value);

    private static bool TryRead(WireSlice slice, [NotNullWhen(true)] out CSeq? value)
    {
        value = null;
        var text = slice.Trim().Span;
        var blank = Scan.IndexOfAny(text, (byte)' ', (byte)'\t');
        if (blank <= 0 || !Scan.TryReadNumber(text[..blank], out var number)
            || !SipMethod.TryParse(text[Scan.SkipBlanks(text, blank, text.Length)..], out var method))
        {
            return false;
        }

        value = new CSeq((uint)number, method);
        return true;
    }
}
