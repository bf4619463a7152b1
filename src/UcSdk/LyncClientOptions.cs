using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>How a <see cref="LyncClient"/> reaches its server and behaves. Checked when the client is created.</summary>
public sealed record LyncClientOptions
{
    /// <summary>
    /// The server: <c>tcp://host:port</c>, <c>tls://host:port</c> or <c>udp://host:port</c>; null, the default, is the one that the user's domain names
    /// (<see cref="Discovery"/>).
    /// </summary>
    public SipTransportAddress? Server { get; init; }

    /// <summary>Servers that are tried, in this order, when <see cref="Server"/> does not sign the user in for the moment; default none.</summary>
    public IReadOnlyList<SipTransportAddress> BackupServers { get; init; } = [];

    /// <summary>
    /// How often <see cref="LyncClient.SignInAsync"/> tries before it fails, where a failure is one that may pass: no connection, no answer, 480, 500 to 504. The waits
    /// between are those of <see cref="Reconnect"/>, or its defaults. Default 3, at least 1.
    /// </summary>
    public int SignInAttempts { get; init; } = 3;

    /// <summary>
    /// When the client signs in again after it lost its connection or registration; null for never: then it signs out. Default
    /// <see cref="ReconnectOptions.Default"/>.
    /// </summary>
    public ReconnectOptions? Reconnect { get; init; } = ReconnectOptions.Default;

    /// <summary>
    /// How the client goes back from a backup to the primary server; null for only when the backup says so. Default <see cref="FailBackOptions.Default"/>.
    /// </summary>
    public FailBackOptions? FailBack { get; init; } = FailBackOptions.Default;

    /// <summary>
    /// Tells when this computer's addresses change: a connection from an address that is gone is given up at once, and a wait for the next attempt ends. Null, the
    /// default, is <see cref="SystemNetworkChanges"/>, and nothing where <see cref="TransportFactory"/> makes the transport.
    /// </summary>
    public INetworkChanges? NetworkChanges { get; init; }

    /// <summary>
    /// The state of a client in another process that this one goes on with, as the same endpoint (<see cref="LyncClient.ExportAsync"/>): it signs the same user in, at
    /// the same server first. Default null.
    /// </summary>
    public ClientSnapshot? Resume { get; init; }

    /// <summary>How many redirections in a row are followed (301, 302, 305); default 5, 0…70.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>What the client tells of its user by itself; default <see cref="PresenceOptions.Default"/>.</summary>
    public PresenceOptions Presence { get; init; } = PresenceOptions.Default;

    /// <summary>How the server is looked for where <see cref="Server"/> is null, and which domains may be believed beside the user's own.</summary>
    public ServerDiscoveryOptions Discovery { get; init; } = new();

    /// <summary>How the web services of the server are used, and pictures and the like are fetched; default <see cref="WebOptions.Default"/>.</summary>
    public WebOptions Web { get; init; } = WebOptions.Default;

    /// <summary>
    /// Makes the transport to the server, once; null, the default, is the one that <see cref="Server"/> names, and TLS. Give <c>() => network.CreateTransport("alice")</c> for a
    /// <see cref="MemoryNetwork"/>. The client disposes it.
    /// </summary>
    public Func<ISipTransport>? TransportFactory { get; init; }

    /// <summary>
    /// Whom TLS trusts, and what else it needs; default: the system's roots, and a certificate for the server's host
    /// (<see cref="TlsTransportOptions"/>).
    /// </summary>
    public TlsTransportOptions Tls { get; init; } = TlsTransportOptions.Default;

    /// <summary>Where media gets its ports; null, the default, is UDP on the loopback address.</summary>
    public IMediaNetwork? MediaNetwork { get; init; }

    /// <summary>Whether media is encrypted; default <see cref="EncryptionPolicy.Required"/>.</summary>
    public EncryptionPolicy Encryption { get; init; } = EncryptionPolicy.Required;

    /// <summary>
    /// How much of the audio that arrives is held back, so that packets which come late or out of order still have their place; default
    /// 60 ms, 0…500 ms. A busy machine wants more.
    /// </summary>
    public TimeSpan JitterDepth { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary>The endpoint's identity among the user's endpoints ([MS-SIPRE] §2.2): 1 to 16 hexadecimal digits; null, the default, makes a new one for each client.</summary>
    public string? Epid { get; init; }

    /// <summary>
    /// The password with which the server's challenges are answered (<see cref="AuthenticationSchemes"/>); null, the default, answers none. Whoever made it
    /// clears it when the client is disposed.
    /// </summary>
    public SipPassword? Password { get; init; }

    /// <summary>
    /// The schemes in which the server's challenges are answered, the preferred first; default Kerberos, NTLM, Digest
    /// (<see cref="SipEndpointOptions.AuthenticationSchemes"/>). Leave out what must not be used.
    /// </summary>
    public IReadOnlyList<SipAuthenticationScheme> AuthenticationSchemes { get; init; } = new SipEndpointOptions().AuthenticationSchemes;

    /// <summary>
    /// For how long what NTLM or Kerberos has agreed on is used before it is agreed on anew, unnoticed (<see cref="SipEndpointOptions.AssociationLifetime"/>); default 8 hours. Lower it
    /// where Kerberos tickets live shorter.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public TimeSpan AssociationLifetime
    {
        get;
        init => field = AssociationScheme.ValidLifetime(value, nameof(AssociationLifetime));
    } = AssociationScheme.MaxLife;

    /// <summary>The name that goes with the password; null, the default, is the user part of the address that signs in.</summary>
    public string? UserName { get; init; }

    /// <summary>
    /// True to answer Kerberos by the account that runs the process: its ticket cache (<c>kinit</c>, <c>KRB5CCNAME</c>) or its Windows logon, instead of
    /// <see cref="UserName"/> and <see cref="Password"/>, which then serve the other schemes. Default false.
    /// </summary>
    public bool UsesTicketCache { get; init; }

    /// <summary>Who we say we are (header User-Agent); default <c>UcSdk/</c> and the version.</summary>
    public string UserAgent { get; init; } = "UcSdk/0.1";

    /// <summary>SIP's timers; default those of RFC 3261.</summary>
    public SipTimings Timings { get; init; } = SipTimings.Default;

    /// <summary>What the server may send; default <see cref="SipLimits.Default"/>.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>
    /// How long an invitation may ring: one of ours is taken back then, one that nobody here has decided on is answered 480. Default 3
    /// minutes, more than zero.
    /// </summary>
    public TimeSpan RingTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// How many incoming invitations may wait for a decision at once, so that nobody can make the client hold more by inviting; one more is answered 486 (RFC 3261 §21.4.24).
    /// Default 100, at least 1.
    /// </summary>
    public int MaxWaitingInvitations { get; init; } = 100;

    /// <summary>
    /// How long a user with several endpoints has the choice where to talk before one of them accepts by itself
    /// (<see cref="InstantMessageModality.AcceptInTurnAsync"/>). Default 10 s, as the documentation of UCMA has it and SIPE does; zero or more.
    /// </summary>
    public TimeSpan AcceptDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a session of instant messages between two people rests before it is ended; the next message makes it anew. Default 10 minutes, more than zero.
    /// </summary>
    public TimeSpan InstantMessageIdleTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// What the application can show of an instant message beside plain text, as others are told; what it cannot is not sent to it by who heeds that, and drawings are refused. Default HTML, RTF and
    /// several formats in one message; add <see cref="InstantMessageCapabilities.CanRenderGif"/> and <see cref="InstantMessageCapabilities.CanRenderIsf"/> for drawings.
    /// </summary>
    public InstantMessageCapabilities InstantMessageCapabilities { get; init; } =
        InstantMessageCapabilities.CanRenderHtml | InstantMessageCapabilities.CanRenderRtf | InstantMessageCapabilities.SupportMime;

    /// <summary>
    /// Where instant messages are kept, sent and received alike, and what became of them; null, the default, is nowhere. The client does not dispose it
    /// (<see cref="ConversationManager.HistoryFailures"/>).
    /// </summary>
    public IConversationHistory? History { get; init; }

    /// <summary>How long to wait for the first media packet of an answered call; default 10 s, more than zero.</summary>
    public TimeSpan MediaTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for the outcome of a command that a focus has accepted; default 60 s, more than zero.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the contacts of a subscription with <see cref="ContactSubscriptionRefreshRate.Low"/> are left alone between two queries; default 5 minutes, more than zero.</summary>
    public TimeSpan PresencePollInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How many contacts one subscription or query names at most; who is wanted beyond that is in another one. Default 1,000, at least 1. Lower it for servers that refuse
    /// large ones.
    /// </summary>
    public int MaxPresenceBatch { get; init; } = 1000;

    /// <summary>How long disposal says goodbye in order before it just closes; default 10 s, more than zero.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many changes may wait for one observer before its subscription ends with <see cref="ObserverOverflowException"/>; default 1024, at least 1.</summary>
    public int ObserverCapacity { get; init; } = 1024;

    /// <summary>Gets every SIP message sent and received; default none. It sees everything, keys included: see <see cref="ISipTraceSink"/>.</summary>
    public ISipTraceSink? Trace { get; init; }

    /// <summary>Where the client logs; default nowhere. Addresses are not logged unless <see cref="LogUserData"/> says so.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Whether logs may name users; default no.</summary>
    public bool LogUserData { get; init; }

#pragma warning disable RS0030 // An option's default may name the system clock.
    /// <summary>The clock of all timers; default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
#pragma warning restore RS0030

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Discovery);
        ArgumentNullException.ThrowIfNull(AuthenticationSchemes);
        ArgumentNullException.ThrowIfNull(Presence);
        Presence.Validate();
        Discovery.Validate();
        ArgumentNullException.ThrowIfNull(Web);
        Web.Validate();
        ArgumentNullException.ThrowIfNull(BackupServers);
        ArgumentOutOfRangeException.ThrowIfLessThan(SignInAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRedirects);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRedirects, 70);
        Reconnect?.Validate();
        FailBack?.Validate();
        Resume?.Validate();
        if (Resume is not null && Epid is not null && Epid != Resume.Epid)
        {
            throw new ArgumentException("The epid of what is resumed is another.", nameof(Epid));
        }

        ArgumentNullException.ThrowIfNull(Tls);
        ArgumentNullException.ThrowIfNull(Timings);
        ArgumentNullException.ThrowIfNull(Limits);
        ArgumentNullException.ThrowIfNull(LoggerFactory);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentException.ThrowIfNullOrWhiteSpace(UserAgent);
        RequirePositive(RingTimeout, nameof(RingTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWaitingInvitations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(AcceptDelay, TimeSpan.Zero);
        RequirePositive(InstantMessageIdleTime, nameof(InstantMessageIdleTime));
        RequirePositive(MediaTimeout, nameof(MediaTimeout));
        RequirePositive(CommandTimeout, nameof(CommandTimeout));
        RequirePositive(ShutdownTimeout, nameof(ShutdownTimeout));
        RequirePositive(PresencePollInterval, nameof(PresencePollInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(ObserverCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPresenceBatch, 1);
        if (!Enum.IsDefined(Encryption))
        {
            throw new ArgumentOutOfRangeException(nameof(Encryption), Encryption, "Not a member of EncryptionPolicy.");
        }

        if (JitterDepth < TimeSpan.Zero || JitterDepth > MediaSessionOptions.MaxJitterDepth)
        {
            throw new ArgumentOutOfRangeException(nameof(JitterDepth), JitterDepth, "The jitter depth is 0 to 500 ms.");
        }

        if (Epid is not null && !(Sip.Epid.IsValid(Epid) && Epid.All(char.IsAsciiHexDigit)))
        {
            throw new ArgumentException("An epid has 1 to 16 hexadecimal digits.", nameof(Epid));
        }

        if (TransportFactory is null && Server is { } server && !SipTransports.IsKnown(server.Transport))
        {
            throw new ArgumentException($"There is no transport for {server.Transport} here; only TCP, TLS, UDP, or what the TransportFactory makes.", nameof(Server));
        }
    }

    private static void RequirePositive(TimeSpan time, string name)
    {
        if (time <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(name, time, "More than zero is wanted.");
        }
    }
}
