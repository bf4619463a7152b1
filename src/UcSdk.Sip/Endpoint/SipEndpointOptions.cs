using Microsoft.Extensions.Logging;

namespace UcSdk.Sip;

/// <summary>How a SIP endpoint behaves.</summary>
public sealed record SipEndpointOptions
{
    /// <summary>Timer values; default those of RFC 3261.</summary>
    public SipTimings Timings { get; init; } = SipTimings.Default;

    /// <summary>What is accepted from the network.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>When new requests are refused because the endpoint has enough to do; default <see cref="OverloadOptions.Default"/>.</summary>
    public OverloadOptions Overload { get; init; } = OverloadOptions.Default;

    /// <summary>User-Agent of our requests; empty for none. Default <c>UcSdk</c>.</summary>
    public string UserAgent { get; init; } = "UcSdk";

    /// <summary>Server of our responses; empty for none. Default <c>UcSdk</c>.</summary>
    public string Server { get; init; } = "UcSdk";

    /// <summary>Allow of a 405.</summary>
    public string Allow { get; init; } = "INVITE, ACK, CANCEL, BYE, INFO, MESSAGE, UPDATE, REFER, OPTIONS, SUBSCRIBE, NOTIFY";

    /// <summary>
    /// The extensions that peers may require of us (RFC 3261 §8.2.2.3); any other gets 420. What a proxy forwards is not its to judge. Default
    /// <c>100rel</c>, <c>timer</c>, <c>replaces</c> and <c>norefersub</c>; add what the application itself understands.
    /// </summary>
    public IReadOnlyList<string> Extensions { get; init; } = [ReliableProvisionals.Tag, Sip.SessionTimer.Tag, Replaces.OptionTag, "norefersub"];

    /// <summary>
    /// The media types of bodies that this endpoint understands, e.g. <c>application/sdp</c>. A request with a body of another type, or with a Content-Encoding, gets
    /// 415 unless its Content-Disposition makes the body optional, and an INVITE whose Accept allows none of them 406 (RFC 3261 §8.2.3, §21.4.7). Default null:
    /// the application judges. A proxy never looks.
    /// </summary>
    public IReadOnlyList<string>? ContentTypes { get; init; }

    /// <summary>
    /// The event packages that are served (RFC 6665 §8.2.2): a SUBSCRIBE or PUBLISH for any other gets 489 with these in Allow-Events. Default empty:
    /// the application sees them all and judges itself. What a proxy forwards is not its to judge.
    /// </summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>
    /// How long sessions may live without a refresh (RFC 4028); default null: our side proposes nothing as caller, and grants as callee what is asked.
    /// </summary>
    public SessionTimerOptions? SessionTimer { get; init; }

    /// <summary>
    /// True for a server that forwards: the same request may come twice by different paths (a spiral), and requests inside dialogs of others go
    /// to <see cref="SipEndpoint.RequestReceived"/> instead of being refused with 481. Default false.
    /// </summary>
    public bool IsProxy { get; init; }

    /// <summary>
    /// Names by which an endpoint that forwards is known beside the addresses on which it listens, e.g. <c>sip:pool.contoso.com</c>: it takes them off Route, and
    /// undoes what strict routers make of them (RFC 3261 §16.4). Host and port count; default none.
    /// </summary>
    public IReadOnlyList<SipUri> Aliases { get; init; } = [];

    /// <summary>
    /// With what challenges are answered: the first that knows the realm; default nothing, and a 401 or 407 is a refusal like any other. What
    /// they know is used on every flow; name a realm where a server must not see what is meant for another.
    /// </summary>
    public IReadOnlyList<ISipCredentials> Credentials { get; init; } = [];

    /// <summary>
    /// The schemes in which challenges are answered, the preferred first: of those that a server offers, the first is taken, and where it fails the next. The
    /// default is Kerberos, NTLM, Digest: with the first two everything is signed afterwards, and the server proves that it has the keys too; with the first nobody on the way can
    /// guess at the password; it fails at once where this machine is in no realm. A server that was satisfied with one is not
    /// answered in one that stands behind it here, nor in a lower version, whatever it offers later: the offer may be somebody else's. Leave out what
    /// must not be used; empty answers no challenge.
    /// </summary>
    public IReadOnlyList<SipAuthenticationScheme> AuthenticationSchemes { get; init; } =
        [SipAuthenticationScheme.Kerberos, SipAuthenticationScheme.Ntlm, SipAuthenticationScheme.Digest];

    /// <summary>
    /// For how long what NTLM or Kerberos has agreed on is used before it is agreed on anew, unnoticed ([MS-SIPAE] §3.2.2); more than zero, at most and by default 8 hours. The
    /// platform does not tell when a Kerberos ticket ends: where tickets live shorter than that, name their life here.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public TimeSpan AssociationLifetime
    {
        get;
        init => field = AssociationScheme.ValidLifetime(value, nameof(AssociationLifetime));
    } = AssociationScheme.MaxLife;

    /// <summary>
    /// Asks the DNS where servers are (RFC 3263); default null: requests go over flows that are named or routed, or nowhere. A
    /// <see cref="DnsResolver"/> for the real one.
    /// </summary>
    public IDnsResolver? Resolver { get; init; }

    /// <summary>For how long a server that failed is tried last, unless its 503 says how long (RFC 3263 §4.3); default 30 s.</summary>
    public TimeSpan FailedServerRest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Schemes before those of <see cref="AuthenticationSchemes"/>.</summary>
    internal IReadOnlyList<ISipCredentialScheme> CredentialSchemes { get; init; } = [];

    /// <summary>The clock; default the system's.</summary>
#pragma warning disable RS0030 // The option's default is the one place that names the system clock.
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>Takes every message sent and received; null for none. It sees everything unredacted.</summary>
    public ISipTraceSink? Trace { get; init; }

    /// <summary>Where log lines go; null for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>True to show addresses and other user data in log lines; default false.</summary>
    public bool LogUserData { get; init; }
}
