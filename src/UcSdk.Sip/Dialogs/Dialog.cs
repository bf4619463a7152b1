namespace UcSdk.Sip;

/// <summary>
/// A peer-to-peer relation of two user agents (RFC 3261 §12): its identifiers, where requests inside it go, and its sequence numbers.
/// </summary>
public sealed class Dialog
{
    private string? _from;
    private string? _to;
    private uint _localCSeq;
    private uint? _remoteCSeq;
    private SipUri? _strictRouter;

    private Dialog(
        string callId, NameAddr local, NameAddr remote, SipUri remoteTarget, IReadOnlyList<string> routeSet, NameAddr localContact, uint localCSeq, uint? remoteCSeq)
    {
        CallId = callId;
        LocalUri = local;
        RemoteUri = remote;
        RemoteTarget = remoteTarget;
        RouteSet = routeSet;
        LocalContact = localContact;
        _localCSeq = localCSeq;
        _remoteCSeq = remoteCSeq;
    }

    /// <summary>The Call-ID.</summary>
    public string CallId { get; }

    /// <summary>Our side's tag.</summary>
    public string LocalTag => field ??= LocalUri.Tag ?? "";

    /// <summary>The peer's tag; empty for a peer of RFC 2543 that sets none.</summary>
    public string RemoteTag => field ??= RemoteUri.Tag ?? "";

    /// <summary>What our side puts into From, with tag and epid.</summary>
    public NameAddr LocalUri { get; }

    /// <summary>What our side puts into To, with tag and epid.</summary>
    public NameAddr RemoteUri { get; }

    /// <summary>The peer's Contact: the Request-URI of requests to it.</summary>
    public SipUri RemoteTarget { get; private set; }

    /// <summary>The values of Route, exactly as they were received: servers sign them.</summary>
    public IReadOnlyList<string> RouteSet
    {
        get;
        private set
        {
            field = value;
            _strictRouter = value.Count > 0 && NameAddr.TryParse(value[0], out var first) && !first.Uri.Parameters.Contains("lr") ? first.Uri : null;
        }
    }

    /// <summary>Our side's Contact.</summary>
    public NameAddr LocalContact { get; }

    /// <summary>True until a 2xx confirms the dialog.</summary>
    public bool IsEarly { get; private set; }

    /// <summary>True at a server where the dialog was made over an association of the peer's: then each request of it must be signed by that user.</summary>
    internal bool IsSigned { get; init; }

    /// <summary>True once a REFER has passed in the dialog, either way: the next one's notifications need an id (RFC 3515 §2.4.6).</summary>
    internal bool HasReferred { get; set; }

    /// <summary>
    /// Whether the request is the peer's, at a server with associations ([MS-SIPAE] §3.3.5): Call-ID and tags are no proof of it where others know them. True where there are none.
    /// </summary>
    internal bool IsOfPeer(SipRequest request) => request.Association is { } association ? association.IsOf(RemoteUri.Uri) : !IsSigned;

    /// <summary>True when our side has sent the request to this peer, and not to another fork.</summary>
    internal bool IsToPeer(SipRequest sent) =>
        (_to is not null && ReferenceEquals(sent.Headers[HeaderName.To], _to)) || RemoteTag.Equals(sent.To!.Tag, StringComparison.OrdinalIgnoreCase);

    internal DialogKey Key => new(CallId, LocalTag, RemoteTag);

    internal static DialogKey KeyOf(string callId, string? localTag, string? remoteTag) => new(callId, localTag ?? "", remoteTag ?? "");

    /// <summary>The UAC's side, from its request and the response that makes the dialog (§12.1.2).</summary>
    internal static Dialog OfUac(SipRequest request, SipResponse response)
    {
        var remote = response.To ?? request.To!;
        var routes = RoutesOf(response, isReversed: true);
        return new(
            request.CallId!, request.From!, remote, TargetOf(response, remote), routes, ContactOf(request), request.CSeq!.Number, null)
        {
            IsEarly = response.IsProvisional,
            IsSigned = response.Association is not null,
        };
    }

    /// <summary>The UAS's side, from the request that it answers (§12.1.1).</summary>
    internal static Dialog OfUas(SipRequest request, string localTag, NameAddr localContact, bool isEarly)
    {
        var local = !request.To!.HasTag ? request.To.WithParameter("tag", localTag) : request.To;
        var routes = RoutesOf(request, isReversed: false);
        return new(request.CallId!, local, request.From!, TargetOf(request, request.From!), routes, localContact, 0, request.CSeq!.Number)
        {
            IsEarly = isEarly,
            IsSigned = request.Association is not null,
        };
    }

    /// <summary>The subscriber's side, from a NOTIFY that came before the answer to its SUBSCRIBE (RFC 6665 §4.4.1).</summary>
    internal static Dialog OfNotify(SipRequest subscribe, SipRequest notify)
    {
        var routes = RoutesOf(notify, isReversed: false);
        return new(
            subscribe.CallId!, subscribe.From!, notify.From!, TargetOf(notify, notify.From!), routes, ContactOf(subscribe), subscribe.CSeq!.Number, null)
        {
            IsSigned = notify.Association is not null,
        };
    }

    /// <summary>
    /// A request inside the dialog (§12.2.1.1) with the next CSeq; an ACK has the number of its INVITE instead. Via is put on at sending.
    /// </summary>
    internal SipRequest CreateRequest(SipMethod method, uint? cseq = null)
    {
        var number = cseq ?? NextCSeq();
        // A first route without "lr" is a strict router: it wants to find itself in the Request-URI and the target at the end of Route.
        var strict = _strictRouter;
        // Beside the routes: Via, Max-Forwards, From, To, Call-ID, CSeq, and what a body needs or the method.
        var request = new SipRequest(method, strict ?? RemoteTarget, RouteSet.Count + 9);
        for (var at = strict is null ? 0 : 1; at < RouteSet.Count; at++)
        {
            request.Headers.Add(HeaderName.Route, RouteSet[at]);
        }

        if (strict is not null)
        {
            request.Headers.Add(HeaderName.Route, $"<{RemoteTarget}>");
        }

        request.Headers.Add(HeaderName.MaxForwards, "70");
        request.Headers.Add(HeaderName.From, _from ??= LocalUri.ToString());
        request.Headers.Add(HeaderName.To, _to ??= RemoteUri.ToString());
        request.Headers.Add(HeaderName.CallId, CallId);
        request.Headers.Add(HeaderName.CSeq, CSeq.Write(number, method));
        if (method.IsInvite || method == SipMethod.Update || method == SipMethod.Subscribe || method == SipMethod.Notify || method == SipMethod.Refer)
        {
            request.Headers.Add(HeaderName.Contact, LocalContact.ToString());
        }

        return request;
    }

    /// <summary>The number of our next request, taken.</summary>
    internal uint NextCSeq() => ++_localCSeq;

    /// <summary>Takes the number of a request from the peer; false when it is not higher than all before (§12.2.2).</summary>
    internal bool TryAdvance(SipRequest request)
    {
        var number = request.CSeq!.Number;
        if (_remoteCSeq is { } last && number <= last)
        {
            return false;
        }

        _remoteCSeq = number;
        return true;
    }

    /// <summary>Sets the number below which requests of the peer are old, as a piggybacked notification does.</summary>
    internal void StartRemoteCSeq(uint number) => _remoteCSeq = number;

    /// <summary>Takes over the Contact of a target refresh (§12.2.1.2, §12.2.2).</summary>
    internal void RefreshTarget(SipMessage message)
    {
        if (message.Contact is { } contact)
        {
            RemoteTarget = contact.Uri;
        }
    }

    /// <summary>A 2xx confirms the dialog and settles its route set (§13.2.2.4).</summary>
    internal void Confirm(SipResponse response)
    {
        IsEarly = false;
        RouteSet = RoutesOf(response, isReversed: true);
        RefreshTarget(response);
    }

    /// <summary>Our side has sent the 2xx.</summary>
    internal void Confirm() => IsEarly = false;

    // Most dialogs have no route set: nothing is made for it.
    private static string[] RoutesOf(SipMessage message, bool isReversed)
    {
        if (!message.Headers.Contains(HeaderName.RecordRoute))
        {
            return [];
        }

        var routes = message.Headers.GetList(HeaderName.RecordRoute);
        return [.. isReversed ? routes.Reverse() : routes];
    }

    private static SipUri TargetOf(SipMessage message, NameAddr fallback) => message.Contact?.Uri ?? fallback.Uri;

    private static NameAddr ContactOf(SipRequest request) => request.Contact ?? new NameAddr(request.From!.Uri);
}
