using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>The client's side of a scheme whose handshake ends in a security association ([MS-SIPAE] §3.2): NTLM, Kerberos, TLS-DSK.</summary>
/// <param name="name">As challenges name it.</param>
/// <param name="begin">Makes the keys' side of a handshake, for a user at the server of that <c>targetname</c>; it never throws for what is merely unavailable.</param>
/// <param name="random">Where salt comes from.</param>
/// <param name="time">Tells how long keys still hold.</param>
internal sealed class AssociationScheme(string name, Func<SipCredentials, string, ISecurityContext> begin, RandomSource random, TimeProvider time) : ISipCredentialScheme
{
    /// <summary>No association is used for longer, however long its keys hold or the options say ([MS-SIPAE] §3.2.2).</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromHours(8);

    /// <summary>So long before its end an association is replaced; where it does not last twice as long, after half of its time.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public string Name => name;

    public bool BindsFlow => true;

    /// <summary>For how long an association is used whose keys name no end, at most <see cref="MaxLife"/>.</summary>
    public TimeSpan Lifetime { get; init; } = MaxLife;

    /// <summary>True for Kerberos, which can do without a password.</summary>
    public bool TakesTicketCache { get; init; }

    public bool CanUse(SipCredentials credentials) => TakesTicketCache || !credentials.UsesTicketCache || !credentials.Password.Bytes.IsEmpty;

    public bool CanAnswer(AuthField challenge) => challenge.IsScheme(name) && AssociationChallenge.TryRead(challenge, out _);

    public int VersionOf(AuthField challenge) => AssociationText.VersionOf(challenge) ?? 0;

    public ISipAuthentication Begin(AuthField challenge, ChallengeKind kind, SipCredentials credentials) =>
        AssociationChallenge.TryRead(challenge, out var read)
            ? new AssociationClient(this, kind, read, credentials)
            : throw new ArgumentException("The challenge cannot be answered in this scheme.", nameof(challenge));

    /// <summary>What options may name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero and at most <see cref="MaxLife"/>.</exception>
    public static TimeSpan ValidLifetime(TimeSpan lifetime, string option)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero, option);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, MaxLife, option);
        return lifetime;
    }

    /// <summary>Begins a handshake.</summary>
    public ISecurityContext BeginContext(SipCredentials credentials, string target) => begin(credentials, target);

    /// <summary>Makes the association of a handshake that is done.</summary>
    public SecurityAssociation Associate(AssociationTerms terms, ISecurityContext context, string? opaque) =>
        new(AssociationRole.Client, terms, context, random, opaque);

    /// <summary>For how long keys that hold until then are used.</summary>
    public TimeSpan LifeOf(DateTimeOffset? expires)
    {
        var left = expires is { } end ? end - time.GetUtcNow() : Lifetime;
        left = left < Lifetime ? left : Lifetime;
        return left > 2 * Margin ? left - Margin : left > TimeSpan.Zero ? left / 2 : TimeSpan.Zero;
    }
}
