namespace UcSdk.Sip;

/// <summary>What this element answers to: the local addresses of its flows, where it listens, and the URIs that it puts into Record-Route.</summary>
internal sealed class OwnAddresses
{
    private readonly HashSet<(string Host, int Port)> _known = [];
    private readonly HashSet<SipTransportAddress> _listening = [];

    // The Route that was taken off last: the requests of all dialogs through us say the same, which is read once.
    private SipUri? _lastRoute;
    private byte[] _lastField = [];

    public static NameAddr ContactOf(SipFlow flow) => flow.OwnContact ??= new(AddressOf(flow, flow.Local.Port));

    public static int PortOf(SipUri uri) =>
        uri.Port ?? (uri.Scheme == "sips" || string.Equals(uri.Parameters["transport"], "tls", StringComparison.OrdinalIgnoreCase) ? 5061 : 5060);

    /// <summary>Remembers a URI as ours.</summary>
    public void Add(SipUri uri) => _known.Add((uri.Host.ToLowerInvariant(), PortOf(uri)));

    /// <summary>Remembers where we listen.</summary>
    public void Listen(SipTransportAddress address)
    {
        _listening.Add(address);
        _known.Add((address.Host.ToLowerInvariant(), address.Port));
    }

    /// <summary>True when a peer can open a connection to the address from which the flow goes out: what is told to others must lead back here.</summary>
    public bool IsReachable(SipFlow flow) => !flow.IsOutgoing || !flow.IsReliable || ListenPort(flow) is not null;

    /// <summary>What stands for us in Record-Route towards the peers of the flow, remembered as ours.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="isSecure">True for a sips URI (RFC 3261 §16.6 step 4).</param>
    public SipUri RouteUriOf(SipFlow flow, bool isSecure)
    {
        var port = flow.IsOutgoing && flow.IsReliable && ListenPort(flow) is { } listening ? listening : flow.Local.Port;
        var uri = AddressOf(flow, port).WithParameter("lr");
        if (IsReachable(flow))
        {
            Add(uri);
        }

        return isSecure && flow.Transport == "TLS" ? SipUri.Parse("sips:" + uri.WithoutParameter("transport").Text["sip:".Length..]) : uri;
    }

    public bool Contains(SipUri uri, SipFlow flow)
    {
        var port = PortOf(uri);
        return (port == flow.Local.Port && uri.HasHost(flow.Local.Host))
            || _known.Contains((uri.Host.ToLowerInvariant(), port));
    }

    /// <summary>True when the name or address is ours, whatever the port.</summary>
    public bool IsHost(string host, SipFlow flow) =>
        host.Equals(flow.Local.Host, StringComparison.OrdinalIgnoreCase) || _known.Any(known => known.Host.Equals(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes our own URIs off the top of Route (RFC 3261 §16.4); the last that stood there, or null.</summary>
    public SipUri? TakeRoutes(SipRequest request, SipFlow flow)
    {
        SipUri? taken = null;
        while (TopRouteOf(request) is { } route && Contains(route, flow))
        {
            Remember(request, route);
            request.Headers.RemoveFirstValue(HeaderName.Route);
            taken = route;
        }

        return taken;
    }

    private SipUri? TopRouteOf(SipRequest request) =>
        request.Headers.TryGetValue(HeaderName.Route, 0, out var field) && field.Span.SequenceEqual(_lastField) ? _lastRoute : request.TopRoute?.Uri;

    // It is kept apart from the message that it came in; what is no single short value is not worth it.
    private void Remember(SipRequest request, SipUri route)
    {
        if (route != _lastRoute && request.Headers.TryGetValue(HeaderName.Route, 0, out var field) && field.End - field.Start is > 0 and <= 256 && !field.Span.Contains((byte)','))
        {
            (_lastRoute, _lastField) = (SipUri.Parse(route.Text), field.Span.ToArray());
        }
    }

    private static SipUri AddressOf(SipFlow flow, int port) =>
        SipUri.Create("", flow.Local.Host, port == 0 ? null : port).WithParameter("transport", flow.Transport.ToLowerInvariant());

    private int? ListenPort(SipFlow flow) =>
        (_listening.FirstOrDefault(address => address.Transport == flow.Transport && address.Host == flow.Local.Host)
            ?? _listening.FirstOrDefault(address => address.Transport == flow.Transport))?.Port;
}
