using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>RAck: which reliable provisional response a PRACK acknowledges (RFC 3262 §7.2).</summary>
/// <param name="RSeq">The response's number, 1–4294967295.</param>
/// <param name="CSeq">The number of the request that it answers.</param>
/// <param name="Method">The method of the request that it answers.</param>
public sealed record RAck(uint RSeq, uint CSeq, SipMethod Method)
{
    /// <summary>Reads <c>776656 1 INVITE</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RAck? value)
    {
        value = null;
        var parts = text?.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (parts.Length != 3
            || !uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var rseq)
            || !Sip.CSeq.TryParse($"{parts[1]} {parts[2]}", out var cseq))
        {
            return false;
        }

        value = new(rseq, cseq.Number, cseq.Method);
        return true;
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RSeq} {CSeq} {Method}");
}
