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
        var secret = SecretOf(new(SipAuthenticationScheme.Ntlm, userName, domain));
        NtlmMath.HashPassword(secret?.Password is { IsCleared: false } password ? password.Bytes.Span : NobodysPassword, hash);
        if (secret is { NtHash: { Length: > 0 } stored })
        {
            stored.Span.CopyTo(hash);
            return true;
        }

        return secret?.Password is { IsCleared: false };
    }

    bool IAssociationUsers.Owns(string scheme, string peer, SipUri address) =>
        Owns(scheme == ServerSchemes.Kerberos ? OfKerberos(peer) : OfNtlm(peer), address);

    private static UserLogin OfDigest(string userName) => new(SipAuthenticationScheme.Digest, userName, "");

    private static UserLogin OfNtlm(string peer)
    {
        var name = NtlmName.Split(peer);
        return new(SipAuthenticationScheme.Ntlm, name.User, name.Domain);
    }

    // user@REALM; on Windows DOMAIN\user.
    private static UserLogin OfKerberos(string peer)
    {
        var user = KerberosUser.Parse(peer);
        return new(SipAuthenticationScheme.Kerberos, user.Name, user.Realm);
    }

    private UserSecret? SecretOf(UserLogin login) => users.FindName(login) is { } name ? users.FindSecret(name) : null;

    private bool Owns(UserLogin login, SipUri address) =>
        users.FindName(login) is { } name && directory.TryFind(address, out var owner) && owner.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
