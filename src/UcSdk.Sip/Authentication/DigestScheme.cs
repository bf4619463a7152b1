using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>The client's side of Digest (RFC 3261 §22, RFC 7616, RFC 8760).</summary>
internal sealed class DigestScheme(RandomSource random, DigestMath math) : ISipCredentialScheme
{
    public DigestScheme(RandomSource random)
        : this(random, new())
    {
    }

    public string Name => DigestText.Scheme;

    public bool CanAnswer(AuthField challenge) => DigestChallenge.TryRead(challenge, out _);

    public ISipAuthentication Begin(AuthField challenge, ChallengeKind kind, SipCredentials credentials) =>
        DigestChallenge.TryRead(challenge, out var read)
            ? new DigestClient(this, read, credentials, random, math)
            : throw new ArgumentException("The challenge cannot be answered in this scheme.", nameof(challenge));
}
