using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>What WWW-Authenticate or Proxy-Authenticate says in NTLM, Kerberos or TLS-DSK ([MS-SIPAE] §2.2, §3.3.5.1): reader and writer.</summary>
internal sealed record AssociationChallenge
{
    public required string Scheme { get; init; }

    public required string Realm { get; init; }

    /// <summary>The server's name; with <c>sip/</c> before it in Kerberos.</summary>
    public required string Target { get; init; }

    /// <summary>2 or more; not limited to what is known here.</summary>
    public int Version { get; init; } = AssociationTerms.FirstVersion;

    /// <summary>The server's name for the handshake, and later for the association; null in the first challenge.</summary>
    public string? Opaque { get; init; }

    /// <summary>The server's part of the handshake; null where it has none.</summary>
    public byte[]? Token { get; init; }

    /// <summary>False when realm or target is missing, or version or token of no such form.</summary>
    public static bool TryRead(AuthField field, [NotNullWhen(true)] out AssociationChallenge? challenge)
    {
        challenge = null;
        if (!AssociationText.TryReadTerms(field, out var realm, out var target, out var version, out var token))
        {
            return false;
        }

        challenge = new()
        {
            Scheme = field.Scheme,
            Realm = realm,
            Target = target,
            Version = version,
            Opaque = field[AssociationText.Opaque],
            Token = token,
        };
        return true;
    }

    public AuthField ToField()
    {
        var field = new AuthField(Scheme);
        field = Opaque is null ? field : field.WithQuoted(AssociationText.Opaque, Opaque);
        field = AssociationText.WithToken(field, Token);
        return AssociationText.WithVersion(field.WithQuoted("realm", Realm).WithQuoted(AssociationText.Target, Target), Version);
    }
}
