namespace UcSdk.Sip;

/// <summary>How a server makes associations, and what they may cost it.</summary>
internal sealed record AssociationServerOptions
{
    /// <summary>The realm of all servers of the family ([MS-SIPAE] §3.3.3).</summary>
    public const string CommonRealm = "SIP Communications Service";

    public string Realm { get; init; } = CommonRealm;

    /// <summary>The version that challenges name, 2–4; default 4, in which the end of the handshake is signed too.</summary>
    public int Version { get; init; } = AssociationTerms.LastVersion;

    /// <summary>
    /// The lowest version that is taken, 2…<see cref="Version"/>; default the offered one. Who stands between both sides can lower the version of a challenge,
    /// and the client's answer shows it.
    /// </summary>
    public int MinimumVersion { get; init; } = AssociationTerms.LastVersion;

    /// <summary>The longest token of a handshake, in bytes; a longer one is refused. Kerberos tickets of users in many groups have some 12 kB.</summary>
    public int MaxTokenBytes { get; init; } = 16 * 1024;

    /// <summary>Handshakes that may be under way on one flow; one more, and the flow's oldest is forgotten.</summary>
    public int MaxHandshakesPerFlow { get; init; } = 4;

    /// <summary>Handshakes that may be under way on all flows; one more, and the oldest is forgotten.</summary>
    public int MaxHandshakes { get; init; } = 10_000;

    /// <summary>Rounds of one handshake; NTLM has two, TLS-DSK three.</summary>
    public int MaxRounds { get; init; } = 6;

    /// <summary>How long a client may take for its next step.</summary>
    public TimeSpan HandshakeLifetime { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>Associations on one flow, one for each user; one more, and the flow's oldest ends. Gateways carry many users on one flow.</summary>
    public int MaxAssociationsPerFlow { get; init; } = 256;

    /// <summary>The longest that an association holds ([MS-SIPAE] §3.3.2).</summary>
    public TimeSpan Lifetime { get; init; } = AssociationScheme.MaxLife;

    internal void Validate()
    {
        if (!SipGrammar.IsSingleLine(Realm))
        {
            throw new ArgumentException("A realm is one line of text.", nameof(Realm));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumVersion, AssociationTerms.FirstVersion, nameof(MinimumVersion));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Version, AssociationTerms.LastVersion, nameof(Version));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinimumVersion, Version, nameof(MinimumVersion));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxTokenBytes, nameof(MaxTokenBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxHandshakesPerFlow, nameof(MaxHandshakesPerFlow));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxHandshakes, nameof(MaxHandshakes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxRounds, nameof(MaxRounds));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxAssociationsPerFlow, nameof(MaxAssociationsPerFlow));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HandshakeLifetime, TimeSpan.Zero, nameof(HandshakeLifetime));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Lifetime, TimeSpan.Zero, nameof(Lifetime));
    }
}
