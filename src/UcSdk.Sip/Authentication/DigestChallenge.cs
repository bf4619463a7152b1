using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>What WWW-Authenticate or Proxy-Authenticate says in the Digest scheme (RFC 7616 §3.3), as far as it can be answered here.</summary>
internal sealed record DigestChallenge
{
    public required string Realm { get; init; }

    public required string Nonce { get; init; }

    /// <summary>To be returned as it came; null when absent.</summary>
    public string? Opaque { get; init; }

    public required DigestAlgorithm Algorithm { get; init; }

    /// <summary>Whether the algorithm was named; what is not named is not named in the answer (RFC 2069 peers do not know it).</summary>
    public bool NamesAlgorithm { get; init; }

    /// <summary>The protection that an answer will have.</summary>
    public DigestProtection Protection { get; init; }

    /// <summary>The last answer was right but its nonce too old.</summary>
    public bool IsStale { get; init; }

    /// <summary>The server can do with a hash of the user's name (RFC 7616 §3.4.4).</summary>
    public bool WantsHashedUser { get; init; }

    /// <summary>False when it is another scheme, lacks realm or nonce, or wants an algorithm or protection that is not known here.</summary>
    public static bool TryRead(AuthField field, [NotNullWhen(true)] out DigestChallenge? challenge)
    {
        challenge = null;
        if (!field.IsScheme(DigestText.Scheme)
            || field["realm"] is not { } realm
            || field["nonce"] is not { } nonce
            || DigestAlgorithm.Find(field["algorithm"]) is not { } algorithm
            || !TryChooseProtection(field["qop"], out var protection))
        {
            return false;
        }

        challenge = new()
        {
            Realm = realm,
            Nonce = nonce,
            Opaque = field["opaque"],
            Algorithm = algorithm,
            NamesAlgorithm = field["algorithm"] is not null,
            Protection = protection,
            IsStale = DigestText.IsTrue(field["stale"]),
            WantsHashedUser = DigestText.IsTrue(field["userhash"]),
        };
        return true;
    }

    // auth before auth-int where both are offered: proxies and servers of this world change bodies.
    private static bool TryChooseProtection(string? offered, out DigestProtection protection)
    {
        protection = DigestProtection.None;
        if (offered is null)
        {
            return true;
        }

        var tokens = offered.Split(',', StringSplitOptions.TrimEntries);
        protection = Array.Find([DigestProtection.Authentication, DigestProtection.Integrity], Offers);
        return protection != DigestProtection.None;

        bool Offers(DigestProtection known) => tokens.Contains(DigestText.TokenOf(known), StringComparer.OrdinalIgnoreCase);
    }
}
