using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>
/// What Authorization or Proxy-Authorization says in NTLM, Kerberos or TLS-DSK ([MS-SIPAE] §2.2, §3.2.4): reader and writer of the messages of a
/// handshake, and of what a server needs to find the association of any other.
/// </summary>
internal sealed record AssociationAnswer
{
    public required string Scheme { get; init; }

    public required string Realm { get; init; }

    /// <summary>The server's name, as its challenge said.</summary>
    public required string Target { get; init; }

    /// <summary>2 or more; told to servers that have more than the first.</summary>
    public int Version { get; init; } = AssociationTerms.FirstVersion;

    /// <summary>The server's name for the handshake or association; null before it gave one.</summary>
    public string? Opaque { get; init; }

    /// <summary>The client's part of the handshake: null for none, empty for NTLM's beginning.</summary>
    public byte[]? Token { get; init; }

    /// <summary>True where a signature stands beside it.</summary>
    public bool IsSigned { get; init; }

    /// <summary>True for a message of a handshake, false for one that an association signed. The last message of TLS-DSK has no token, but a version.</summary>
    public bool IsHandshake => Token is not null || Version > AssociationTerms.FirstVersion;

    /// <summary>False when realm or target is missing, or version, token or protection of no such form.</summary>
    public static bool TryRead(AuthField field, [NotNullWhen(true)] out AssociationAnswer? answer)
    {
        answer = null;
        if (!AssociationText.TryReadTerms(field, out var realm, out var target, out var version, out var token)
            || !AssociationText.Protection.Equals(field["qop"] ?? AssociationText.Protection, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        answer = new()
        {
            Scheme = field.Scheme,
            Realm = realm,
            Target = target,
            Version = version,
            Opaque = field[AssociationText.Opaque],
            Token = token,
            IsSigned = field["response"] is not null,
        };
        return true;
    }

    /// <summary>The field without a signature, which <see cref="SecurityAssociation.Complete"/> appends.</summary>
    public AuthField ToField()
    {
        var field = new AuthField(Scheme).WithQuoted("qop", AssociationText.Protection);
        field = Opaque is null ? field : field.WithQuoted(AssociationText.Opaque, Opaque);
        field = AssociationText.WithToken(field.WithQuoted("realm", Realm).WithQuoted(AssociationText.Target, Target), Token);
        return AssociationText.WithVersion(field, Version);
    }
}
