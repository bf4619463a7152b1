using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>What Authorization or Proxy-Authorization says in the Digest scheme (RFC 7616 §3.4): reader and writer.</summary>
internal sealed record DigestAnswer
{
    public required string UserName { get; init; }

    /// <summary>The name is <c>H(user:realm)</c> (RFC 7616 §3.4.4).</summary>
    public bool IsUserHashed { get; init; }

    public required string Realm { get; init; }

    public required string Nonce { get; init; }

    public required string Uri { get; init; }

    /// <summary>The digest in hexadecimal digits; empty while it is not computed.</summary>
    public string Response { get; init; } = "";

    public required DigestAlgorithm Algorithm { get; init; }

    public bool NamesAlgorithm { get; init; }

    public DigestProtection Protection { get; init; }

    /// <summary>Empty without protection, except for the <c>-sess</c> algorithms.</summary>
    public string CNonce { get; init; } = "";

    /// <summary><c>nc</c> as written, eight hexadecimal digits; empty without protection.</summary>
    public string CountText { get; init; } = "";

    public string? Opaque { get; init; }

    /// <summary>How many requests have used the nonce, this one included; 0 without protection.</summary>
    public uint Count => uint.TryParse(CountText, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>False when it is another scheme, or something is missing, unknown here or not of its form.</summary>
    public static bool TryRead(AuthField field, [NotNullWhen(true)] out DigestAnswer? answer)
    {
        answer = null;
        if (!field.IsScheme(DigestText.Scheme)
            || ReadUser(field) is not { } user
            || field["realm"] is not { } realm
            || field["nonce"] is not { } nonce
            || field["uri"] is not { } uri
            || field["response"] is not { } response
            || DigestAlgorithm.Find(field["algorithm"]) is not { } algorithm
            || !TryReadProtection(field["qop"], out var protection))
        {
            return false;
        }

        answer = new()
        {
            UserName = user,
            IsUserHashed = DigestText.IsTrue(field["userhash"]),
            Realm = realm,
            Nonce = nonce,
            Uri = uri,
            Response = response,
            Algorithm = algorithm,
            NamesAlgorithm = field["algorithm"] is not null,
            Protection = protection,
            CNonce = field["cnonce"] ?? "",
            CountText = protection == DigestProtection.None ? "" : field["nc"] ?? "",
            Opaque = field["opaque"],
        };
        // RFC 7616 §3.4: with qop both are there; nc is 8LHEX and counts from 1. A session's secret needs cnonce in any case.
        var counted = answer.CountText.Length == 8 && answer.CountText.All(char.IsAsciiHexDigit) && answer.Count > 0;
        return (protection == DigestProtection.None || counted) && (answer.CNonce.Length > 0 || (protection == DigestProtection.None && !algorithm.IsSession));
    }

    public AuthField ToField()
    {
        var field = new AuthField(DigestText.Scheme)
            .WithQuoted("username", UserName)
            .WithQuoted("realm", Realm)
            .WithQuoted("nonce", Nonce)
            .WithQuoted("uri", Uri)
            .WithQuoted("response", Response);
        field = NamesAlgorithm ? field.With("algorithm", Algorithm.Name) : field;
        field = CNonce.Length > 0 ? field.WithQuoted("cnonce", CNonce) : field;
        field = Opaque is not null ? field.WithQuoted("opaque", Opaque) : field;
        field = DigestText.TokenOf(Protection) is { } qop ? field.With("qop", qop).With("nc", CountText) : field;
        return IsUserHashed ? field.With("userhash", "true") : field;
    }

    // A name that no quoted string can hold comes as username* (RFC 7616 §3.4, RFC 8187); never both.
    private static string? ReadUser(AuthField field)
    {
        const string Utf8 = "UTF-8''";
        return (field["username"], field["username*"]) switch
        {
            ({ } plain, null) => plain,
            (null, { } extended) when extended.StartsWith(Utf8, StringComparison.OrdinalIgnoreCase) => System.Uri.UnescapeDataString(extended[Utf8.Length..]),
            _ => null,
        };
    }

    private static bool TryReadProtection(string? qop, out DigestProtection protection)
    {
        protection = qop?.ToLowerInvariant() switch
        {
            "auth" => DigestProtection.Authentication,
            "auth-int" => DigestProtection.Integrity,
            _ => DigestProtection.None,
        };
        return qop is null || protection != DigestProtection.None;
    }
}
