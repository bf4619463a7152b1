namespace UcSdk.Sip;

/// <summary>
/// Where one set of credentials holds: a realm (RFC 3261 §22.1), at the server that a flow leads to. A proxy on that way sees every request.
/// What a registrar or a user agent asked is told to it alone: an answer that goes to others can be guessed at by all of them.
/// </summary>
internal sealed class ProtectionSpace : IDisposable
{
    private readonly SipTransportAddress _server;
    private readonly SipFlow _flow;
    private readonly NameAddr? _to;
    private readonly bool _isRegister;
    private readonly string[] _domain;

    /// <param name="kind">Who challenged.</param>
    /// <param name="challenge">The challenge; its <c>domain</c> may name further hosts that take the same credentials.</param>
    /// <param name="request">The request that was challenged.</param>
    /// <param name="flow">Where it had gone.</param>
    /// <param name="credentials">What the challenge is answered with.</param>
    /// <param name="authentication">The state of the scheme.</param>
    public ProtectionSpace(
        ChallengeKind kind, AuthField challenge, SipRequest request, SipFlow flow, SipCredentials credentials, ISipAuthentication authentication)
    {
        Kind = kind;
        Realm = challenge["realm"] ?? "";
        Credentials = credentials;
        Authentication = authentication;
        _server = flow.Remote;
        _flow = flow;
        _to = request.To;
        _isRegister = request.Method == SipMethod.Register;
        _domain = [.. (challenge["domain"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => SipUri.TryParse(text, out var uri) ? uri.Host : "").Where(host => host.Length > 0)];
    }

    public ChallengeKind Kind { get; }

    /// <summary>Compared exactly.</summary>
    public string Realm { get; }

    public SipCredentials Credentials { get; }

    public ISipAuthentication Authentication { get; }

    /// <summary>What ends the use of the association in time; null where nothing does.</summary>
    public AssociationLife? Life { get; set; }

    /// <summary>
    /// True when the request belongs to this space; a new flow to the same host and port is the same space, unless the scheme is one of signatures: then
    /// it is all requests of one flow.
    /// </summary>
    public bool Covers(SipRequest request, SipFlow flow) => Authentication.Scheme.BindsFlow
        ? flow == _flow
        : IsSameServer(flow.Remote)
            && (Kind == ChallengeKind.Proxy || IsSameTarget(request) || (request.To is { } to && _domain.Contains(to.Uri.Host, StringComparer.OrdinalIgnoreCase)));

    /// <summary>True when the space ends with the flow: an association does not outlive its connection ([MS-SIPAE] §3.1).</summary>
    public bool EndsWith(SipFlow flow) => Authentication.Scheme.BindsFlow && flow == _flow;

    /// <summary>Clears its keys.</summary>
    public void Dispose()
    {
        Life?.Dispose();
        Authentication.Dispose();
    }

    // Whatever the transport: what is too large for UDP goes over TCP (RFC 3261 §18.1.1). TLS has a port of its own.
    private bool IsSameServer(SipTransportAddress remote) =>
        remote.Port == _server.Port && remote.Host.Equals(_server.Host, StringComparison.OrdinalIgnoreCase);

    private bool IsSameTarget(SipRequest request) =>
        (request.Method == SipMethod.Register) == _isRegister
        && request.To?.Uri is { } to && _to?.Uri is { } own
        && to.User == own.User && to.Host.Equals(own.Host, StringComparison.OrdinalIgnoreCase);
}
