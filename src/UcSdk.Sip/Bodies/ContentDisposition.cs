using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>The value of a Content-Disposition header (RFC 3261 §20.11, RFC 5621 §3): what a body or body part is for.</summary>
/// <param name="Kind"><c>session</c>, <c>render</c>, <c>alert</c>, <c>icon</c>, <c>by-reference</c> or an extension, in lower case.</param>
/// <param name="Parameters">handling and whatever else came.</param>
public sealed record ContentDisposition(string Kind, SipParameters Parameters)
{
    /// <summary>True when a receiver that does not understand the body may leave it; without the parameter it must refuse the message (RFC 5621 §3.1).</summary>
    public bool IsOptional => "optional".Equals(Parameters["handling"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a value.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ContentDisposition? value)
    {
        value = null;
        var rest = text.AsSpan().Trim();
        var semicolon = rest.IndexOf(';');
        var kind = (semicolon < 0 ? rest : rest[..semicolon]).Trim();
        var parameters = SipParameters.Empty;
        if (!SipGrammar.IsToken(kind) || (semicolon >= 0 && !SipParameters.TryParse(rest[semicolon..], out parameters)))
        {
            return false;
        }

        value = new(kind.ToString().ToLowerInvariant(), parameters);
        return true;
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() => Kind + Parameters;
}
