using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>How an embedded server is set up. Checked when the server is made.</summary>
public sealed record UcServerOptions
{
    /// <summary>The one SIP domain that the server serves; default <c>contoso.test</c>.</summary>
    public string Domain { get; init; } = "contoso.test";

    /// <summary>The users who may sign in; more can be added while the server runs (<see cref="UcServer.AddUserAsync"/>). Default none.</summary>
    public IReadOnlyList<UcServerUser> Users { get; init; } = [];

    /// <summary>The distribution groups of the directory. Default none.</summary>
    public IReadOnlyList<UcDistributionGroup> DistributionGroups { get; init; } = [];

    /// <summary>The most entries that one answer of the directory search holds, whatever is asked for; default 100, at least 1.</summary>
    public int MaxSearchResults { get; init; } = 100;

    /// <summary>What users' contact lists may hold.</summary>
    public ContactListLimits ContactLists { get; init; } = new();

    /// <summary>Who must prove who they are, and by what: default those with a password, by NTLM or Digest.</summary>
    public ServerAuthenticationOptions Authentication { get; init; } = new();

    /// <summary>
    /// The algorithms of Digest that users with a password are offered, the preferred one first; default SHA-256 and MD5, at least one. Some
    /// clients look at the first offer only and know nothing but MD5.
    /// </summary>
    public IReadOnlyList<DigestAlgorithm> DigestAlgorithms { get; init; } = [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];

    /// <summary>
    /// Where to listen, by TCP, TLS or UDP; port 0 takes any free one. With UDP it listens by TCP on the same port too, for what is too large for
    /// datagrams. Empty, the default: <c>tcp://127.0.0.1:0</c>, or on a memory network port 5060 of the host <c>sip.</c>domain.
    /// </summary>
    public IReadOnlyList<SipTransportAddress> Listen { get; init; } = [];

    /// <summary>
    /// What the server shows to those who connect by TLS, with its private key; needed to listen by TLS. Default null. A
    /// <see cref="DevelopmentCertificate"/> does for tests.
    /// </summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The network in memory to listen on; default null: real sockets.</summary>
    public MemoryNetwork? Network { get; init; }

    /// <summary>Where the A/V MCU gets its addresses; default null: real UDP sockets at <see cref="MediaAddress"/>.</summary>
    public IMediaNetwork? MediaNetwork { get; init; }

    /// <summary>The address of the A/V MCU's UDP sockets, which clients are told; default 127.0.0.1. Not looked at with a <see cref="MediaNetwork"/>.</summary>
    public IPAddress MediaAddress { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// Whether conference audio is encrypted, and what clients are provisioned with (<c>ucPC2PCAVEncryption</c>); default required.
    /// </summary>
    public EncryptionPolicy Encryption { get; init; } = EncryptionPolicy.Required;

    /// <summary>
    /// How much of the audio that arrives is held back, so that packets which come late or out of order still have their place; default
    /// 60 ms, 0…500 ms. A busy machine wants more.
    /// </summary>
    public TimeSpan JitterDepth { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary>How long a registration lives that asks for nothing or for more; default 7200 s, at least <see cref="MinimumRegistrationExpires"/>.</summary>
    public TimeSpan RegistrationExpires { get; init; } = TimeSpan.FromSeconds(7200);

    /// <summary>The shortest life of a registration; a shorter one is refused with 423. Default 60 s, at least 1 s.</summary>
    public TimeSpan MinimumRegistrationExpires { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a roster subscription lives that asks for nothing or for more; default 1 h, at least 1 s.</summary>
    public TimeSpan SubscriptionExpires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After how much silence clients are to send a keep-alive ([MS-CONMGMT] §2.2.1); default 300 s, at least 1 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>
    /// How much longer than <see cref="KeepAlive"/> a connection may be silent whose client promised keep-alives (<c>ms-keep-alive: UAC;hop-hop=yes</c>) before it is closed
    /// and its registrations end; more than zero. Default null: silence is no reason.
    /// </summary>
    public TimeSpan? KeepAliveGrace { get; init; }

    /// <summary>
    /// Endpoints at which one user may be signed in; default 8. The next one displaces the oldest, which is told so; with 1 a user who signs in elsewhere is
    /// signed out here.
    /// </summary>
    public int MaxEndpointsPerUser { get; init; } = 8;

    /// <summary>
    /// How long the registration of an endpoint whose connection is lost waits for it to come back on another, at most until it expires; nothing reaches the endpoint
    /// meanwhile. Default zero: it ends with the connection. Real servers wait until it expires.
    /// </summary>
    public TimeSpan LostConnectionGrace { get; init; }

    /// <summary>
    /// Where users are at home who name no <see cref="UcServerUser.HomeServer"/>: they are sent there with 301, which makes this server a director. Default null: here.
    /// </summary>
    public SipTransportAddress? HomeServer { get; init; }

    /// <summary>
    /// The server that stands in for the home server of users who name no <see cref="UcServerUser.BackupServer"/>: a redirection names it behind the home server, with
    /// <c>q=0.3</c> to <c>q=0.7</c>. Default null: none.
    /// </summary>
    public SipTransportAddress? BackupServer { get; init; }

    /// <summary>
    /// True when clients come as from outside the organisation, through an Access Edge: who registers is told <c>ms-user-logon-data: RemoteUser</c> ([MS-SIPRE] §2.2.16), and
    /// uses what is meant for external users. Default false.
    /// </summary>
    public bool IsAccessEdge { get; init; }

    /// <summary>
    /// Asked on the server's loop with the User-Agent of each REGISTER, empty when it has none; false refuses the client with 403 and Warning 310, as a client version policy
    /// does. Default null: every client is taken.
    /// </summary>
    public Func<string, bool>? AcceptClient { get; init; }

    /// <summary>
    /// What looks at the requests of signed-in users before the server's own parts do (provisioning, conferences, routing), in order; default none. REGISTER and requests
    /// inside dialogs that the server itself holds do not come to them.
    /// </summary>
    public IReadOnlyList<IServerApplication> Applications { get; init; } = [];

    /// <summary>
    /// Whether callers are told by a <c>101 Progress Report</c> that their INVITE goes to endpoints of users, as Lync servers do ([MS-OCER] §3.1). Default false: RFC 3261 §16 leaves
    /// provisional answers other than 100 to who is called.
    /// </summary>
    public bool SendsProgressReports { get; init; }

    /// <summary>How long a presence subscription lives that asks for nothing or for more, to one's own presence or to that of others; default 8 h, at least 1 s.</summary>
    public TimeSpan PresenceExpires { get; init; } = TimeSpan.FromHours(8);

    /// <summary>What presence may take.</summary>
    public PresenceLimits Presence { get; init; } = new();

    /// <summary>What clients are told when they sign in: policies, addresses of services, dial plans. Default only where conferences are made and whether media is encrypted.</summary>
    public ProvisioningOptions Provisioning { get; init; } = new();

    /// <summary>What conferences may take.</summary>
    public ConferenceLimits Conferences { get; init; } = new();

    /// <summary>
    /// Keeps what users make, over the life of the server; whoever made it disposes it. Default null: it is forgotten at the end.
    /// </summary>
    public IServerStore? Store { get; init; }

    /// <summary>What peers may send; default <see cref="SipLimits.Default"/>.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>The timers of SIP; default those of RFC 3261.</summary>
    public SipTimings Timings { get; init; } = SipTimings.Default;

    /// <summary>How long disposal waits for the answers to its goodbyes; default 2 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Takes every SIP message, secrets included; default nobody.</summary>
    public ISipTraceSink? Trace { get; init; }

    /// <summary>Where the server logs; default nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>True to show users in the log; default false.</summary>
    public bool LogUserData { get; init; }

#pragma warning disable RS0030 // An option's default may name the system clock.
    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
#pragma warning restore RS0030

    internal void Validate()
    {
        if (!SipUri.TryParse($"sip:user@{Domain}", out var uri) || uri.Host != Domain || uri.Port is not null || uri.Parameters.Count > 0)
        {
            throw new ArgumentException($"'{Domain}' is not a domain name.", nameof(Domain));
        }

        if (Listen.FirstOrDefault(address => !SipTransports.IsKnown(address.Transport)) is { } wrong)
        {
            throw new ArgumentException($"The server listens by TCP, TLS or UDP, not by {wrong.Transport}.", nameof(Listen));
        }

        if (Network is null && Certificate is not { HasPrivateKey: true } && Listen.FirstOrDefault(address => address.Transport == "TLS") is { } secure)
        {
            throw new ArgumentException($"To listen on {secure} the server needs a certificate with its private key.", nameof(Certificate));
        }

        if (DistributionGroups.GroupBy(group => group.Email, StringComparer.OrdinalIgnoreCase).Any(group => group.Count() > 1))
        {
            throw new ArgumentException("Two distribution groups have the same e-mail address.", nameof(DistributionGroups));
        }

        Authentication.Validate();
        if (DigestAlgorithms.Count == 0)
        {
            throw new ArgumentException("Digest needs an algorithm.", nameof(DigestAlgorithms));
        }

        var second = TimeSpan.FromSeconds(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumRegistrationExpires, second, nameof(MinimumRegistrationExpires));
        ArgumentOutOfRangeException.ThrowIfLessThan(RegistrationExpires, MinimumRegistrationExpires, nameof(RegistrationExpires));
        ArgumentOutOfRangeException.ThrowIfLessThan(SubscriptionExpires, second, nameof(SubscriptionExpires));
        ArgumentOutOfRangeException.ThrowIfLessThan(PresenceExpires, second, nameof(PresenceExpires));
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepAlive, second, nameof(KeepAlive));
        if (KeepAliveGrace is { } grace)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(grace, TimeSpan.Zero, nameof(KeepAliveGrace));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxEndpointsPerUser, nameof(MaxEndpointsPerUser));
        ArgumentOutOfRangeException.ThrowIfLessThan(LostConnectionGrace, TimeSpan.Zero, nameof(LostConnectionGrace));
        ArgumentOutOfRangeException.ThrowIfLessThan(StopTimeout, TimeSpan.Zero, nameof(StopTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(JitterDepth, TimeSpan.Zero, nameof(JitterDepth));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(JitterDepth, MediaSessionOptions.MaxJitterDepth, nameof(JitterDepth));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSearchResults, nameof(MaxSearchResults));
        ContactLists.Validate();
        ArgumentNullException.ThrowIfNull(Provisioning);
        Provisioning.Validate();
        Conferences.Validate();
        Presence.Validate();
    }
}
