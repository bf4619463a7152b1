namespace UcSdk.Sip;

/// <summary>How a server challenges.</summary>
public sealed record DigestServerOptions
{
    /// <summary>What the users' names and passwords are for; shown to people, and part of every hash.</summary>
    public required string Realm { get; init; }

    /// <summary>
    /// What is offered, the preferred one first, in one challenge each (RFC 8760 §2.3); default SHA-256 and MD5, since much of what speaks
    /// SIP knows no other. Leave MD5 out where all clients can do without.
    /// </summary>
    public IReadOnlyList<DigestAlgorithm> Algorithms { get; init; } = [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];

    /// <summary>Whether auth-int is offered beside auth; default no, as elements on the way may change bodies.</summary>
    public bool OffersIntegrity { get; init; }

    /// <summary>Whether answers without qop are taken (RFC 2069); default no. A nonce is then good for one request.</summary>
    public bool AcceptsUnprotected { get; init; }

    /// <summary>How long a nonce is good; default 5 minutes, at least 1 s. An older one is refused as stale, and clients go on with the new one.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How many nonces in use are remembered, about 200 bytes each; default 10,000, at least 1. When there are more, the oldest becomes stale
    /// before its time. Nothing is remembered of clients who have not proven to know a password.
    /// </summary>
    public int MaxNonces { get; init; } = 10_000;

    /// <summary>
    /// Whether the <c>uri</c> of the credentials must be the Request-URI (RFC 7616 §3.4.6); default yes. No is for a user agent behind proxies
    /// that rewrite it.
    /// </summary>
    public bool RequiresSameUri { get; init; } = true;

    internal void Validate()
    {
        if (Algorithms.Count == 0)
        {
            throw new ArgumentException("A server offers at least one algorithm.", nameof(Algorithms));
        }

        if (!SipGrammar.IsSingleLine(Realm))
        {
            throw new ArgumentException("A realm is one line of text.", nameof(Realm));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(NonceLifetime, TimeSpan.FromSeconds(1), nameof(NonceLifetime));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxNonces, nameof(MaxNonces));
    }
}
