namespace UcSdk.Sip.Tests;

/// <summary>Alice and Bob; their passwords are ours, as RFC 3665 gives none.</summary>
internal sealed class FlowUsers : IDigestUserStore
{
    public static SipCredentials Of(string user, string? realm = null) => new(user, new SipPassword(user + "'s password"), realm);

    public DigestSecret? Find(string userName, string realm, DigestAlgorithm algorithm) =>
        userName is "alice" or "bob" ? DigestSecret.OfPassword(new SipPassword(userName + "'s password")) : null;

    public bool Owns(string userName, SipUri address) => address.User == userName;
}
