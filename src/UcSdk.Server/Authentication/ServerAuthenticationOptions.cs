using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Who must prove who they are, and how.</summary>
public sealed record ServerAuthenticationOptions
{
    /// <summary>
    /// What is offered, in that order; default NTLM, then Digest. NTLM and Kerberos sign every message between the client and this server, both ways; Digest is for clients that
    /// know neither. Kerberos needs the key of <c>sip/</c> and the server's name, on Unix in the keytab that the platform's <c>KRB5_KTNAME</c> names; a user needs no password here
    /// then, but is asked only where everybody is (<see cref="Required"/>) or has one. Over UDP only Digest is offered.
    /// </summary>
    public IReadOnlyList<SipAuthenticationScheme> Schemes { get; init; } = [SipAuthenticationScheme.Ntlm, SipAuthenticationScheme.Digest];

    /// <summary>
    /// Whether everybody is asked; default no: then users of whom the store has no secret are believed, and as soon as it has anybody's, those who do not exist are asked too.
    /// </summary>
    public bool Required { get; init; }

    /// <summary>Who the users are; default null: those of <see cref="UcServerOptions.Users"/> with their passwords.</summary>
    public IUserStore? Users { get; init; }

    /// <summary>The server's name in challenges, for which, with <c>sip/</c> before it, Kerberos clients fetch tickets; default <c>sip.</c> and the domain.</summary>
    public string? ServerName { get; init; }

    /// <summary>The domain's short name, which NTLM users may put before theirs (<c>CONTOSO\alice</c>); default the first label of the domain in capitals.</summary>
    public string? NetBiosDomain { get; init; }

    /// <summary>The Kerberos realm whose principals are our users; default the domain, compared without regard to case.</summary>
    public string? KerberosRealm { get; init; }

    /// <summary>
    /// The version of [MS-SIPAE] that is offered, 2–4; default 4, which signs the end of the handshake too. 3 is that of Office Communications Server 2007, 2 of Live Communications
    /// Server 2005.
    /// </summary>
    public int Version { get; init; } = 4;

    /// <summary>The lowest version that is taken of a client, 2–4; default <see cref="Version"/>, since whoever stands in between can lower what is offered.</summary>
    public int? MinimumVersion { get; init; }

    /// <summary>
    /// For how long what NTLM or Kerberos has agreed on holds on a connection ([MS-SIPAE] §3.3.2); then its keys are cleared, and whatever comes is challenged. More than zero, at most and
    /// by default 8 hours. The platform does not tell when a Kerberos ticket ends: where tickets live shorter than that, name their life here.
    /// </summary>
    public TimeSpan AssociationLifetime { get; init; } = AssociationScheme.MaxLife;

    /// <summary>How many wrong passwords are taken.</summary>
    public GuessingLimits Guessing { get; init; } = new();

    /// <summary>True to challenge as an Edge does, with 407 in every case; default false: 401 for REGISTER, 407 for all else.</summary>
    public bool AsProxy { get; init; }

    internal void Validate()
    {
        if (Schemes.Count == 0)
        {
            throw new ArgumentException("At least one scheme is offered.", nameof(Schemes));
        }

        if (Schemes.Distinct().Count() != Schemes.Count || Schemes.Any(scheme => !Enum.IsDefined(scheme)))
        {
            throw new ArgumentException("Each scheme is offered once.", nameof(Schemes));
        }

        _ = AssociationScheme.ValidLifetime(AssociationLifetime, nameof(AssociationLifetime));
        Guessing.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(Version, 2, nameof(Version));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Version, 4, nameof(Version));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumVersion ?? Version, 2, nameof(MinimumVersion));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinimumVersion ?? Version, Version, nameof(MinimumVersion));
        if (ServerName is { } name && !SipUri.TryParse("sip:" + name, out _))
        {
            throw new ArgumentException($"'{name}' is not the name of a server.", nameof(ServerName));
        }
    }
}
