using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A registrar's store of one user.</summary>
internal sealed class OneUser(string name, string password) : IDigestUserStore
{
    public DigestSecret? Find(string userName, string realm, DigestAlgorithm algorithm) =>
        userName == name ? DigestSecret.OfPassword(new SipPassword(password)) : null;

    public bool Owns(string userName, SipUri address) => userName == name && address.User == name;
}
