using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Shows the users of a server to each scheme in the form that the scheme asks for.</summary>
internal sealed class UserLogins(IUserStore users, UserDirectory directory) : IDigestUserStore, INtlmUserStore, IAssociationUsers
{
    // A user who is not known costs the same work as one who is.
    private static readonly byte[] NobodysPassword = new byte[16];

    DigestSecret? IDigestUserStore.Find(string userName, string realm, DigestAlgorithm algorithm) => SecretOf(OfDigest(userName))?.ForDigest(algorithm);

    bool IDigestUserStore.Owns(string userName, SipUri address) => Owns(OfDigest(userName), address);

    bool INtlmUserStore.TryGetPasswordHash(string userName, string domain, Span<byte> hash)
    {
        var secret = SecretOf(new(AuthenticationScheme.Ntlm, userName, domain));
        NtlmMath.HashPassword(secret?.Password is { IsCleared: false } password ? password.Bytes.Span : NobodysPassword, hash);
        if (secret is { NtHash: { Length: > 0 } stored })
        {
            stored.Span.CopyTo(hash);
            return true;
        }

        return secret?.Password is { IsCleared: false };
    }

    bool IAssociationUsers.Owns(string scheme, string peer, SipUri address) =>
        Owns(scheme.Equals(ServerSchemes.Kerberos, StringComparison.OrdinalIgnoreCase) ? OfKerberos(peer) : OfNtlm(peer), address);

    private static UserLogin OfDigest(string userName) => new(AuthenticationScheme.Digest, userName, "");

    private static UserLogin OfNtlm(string peer)
    {
        var name = NtlmName.Split(peer);
        return new(AuthenticationScheme.Ntlm, name.User, name.Domain);
    }

    private static UserLogin OfKerberos(string peer)
    {
        var at = peer.LastIndexOf('@');
        return at < 0 ? new(AuthenticationScheme.Kerberos, peer, "") : new(AuthenticationScheme.Kerberos, peer[..at], peer[(at + 1)..]);
    }

    private UserSecret? SecretOf(UserLogin login) => users.FindName(login) is { } name ? users.FindSecret(name) : null;

    private bool Owns(UserLogin login, SipUri address) =>
        users.FindName(login) is { } name && directory.TryFind(address, out var owner) && owner.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
