using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>The value of a Content-Type header (RFC 3261 §20.15, RFC 2045 §5.1): <c>multipart/mixed;boundary="x"</c>.</summary>
/// <param name="Name">Type and subtype, in lower case: <c>application/sdp</c>.</param>
/// <param name="Parameters">boundary, charset, start, type and whatever else came.</param>
public sealed record MediaType(string Name, SipParameters Parameters)
{
    /// <summary>True for the types that hold body parts.</summary>
    public bool IsMultipart => Name.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>What follows the slash.</summary>
    public string Subtype => Name[(Name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads a value; false when it is not type, slash and subtype with readable parameters.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MediaType? value)
    {
        value = null;
        var rest = text.AsSpan().Trim();
        var semicolon = rest.IndexOf(';');
        var name = (semicolon < 0 ? rest : rest[..semicolon]).Trim();
        var slash = name.IndexOf('/');
        var parameters = SipParameters.Empty;
        if (slash < 0 || (semicolon >= 0 && !SipParameters.TryParse(rest[semicolon..], out parameters)))
        {
            return false;
        }

        // RFC 3261 §25.1 allows blanks around the slash.
        var type = name[..slash].Trim();
        var subtype = name[(slash + 1)..].Trim();
        if (!SipGrammar.IsToken(type) || !SipGrammar.IsToken(subtype))
        {
            return false;
        }

        value = new($"{type}/{subtype}".ToLowerInvariant(), parameters);
        return true;
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() => Name + Parameters;
}
