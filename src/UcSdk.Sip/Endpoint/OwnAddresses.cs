namespace UcSdk.Sip;

/// <summary>What this element answers to: the local addresses of its flows, and the URIs that it puts into Record-Route.</summary>
internal sealed class OwnAddresses
{
    private readonly HashSet<(string Host, int Port)> _known = [];

    public static NameAddr ContactOf(SipFlow flow) => new(AddressOf(flow));

    public static SipUri RouteUriOf(SipFlow flow) => AddressOf(flow).WithParameter("lr");

    /// <summary>Remembers a URI as ours.</summary>
    public void Add(SipUri uri) => _known.Add((uri.Host.ToLowerInvariant(), PortOf(uri)));

    public bool Contains(SipUri uri, SipFlow flow)
    {
        var port = PortOf(uri);
        return (uri.Host.Equals(flow.Local.Host, StringComparison.OrdinalIgnoreCase) && port == flow.Local.Port)
            || _known.Contains((uri.Host.ToLowerInvariant(), port));
    }

    /// <summary>Takes our own URIs off the top of Route (RFC 3261 §16.4); true when one stood there.</summary>
    public bool RemoveRoute(SipRequest request, SipFlow flow)
    {
        var removed = false;
        while (TopRoute(request) is { } route && Contains(route, flow))
        {
            request.Headers.RemoveFirstValue(HeaderName.Route);
            removed = true;
        }

        return removed;
    }

    private static SipUri? TopRoute(SipRequest request) =>
        request.Headers.GetList(HeaderName.Route).FirstOrDefault() is { } text && NameAddr.TryParse(text, out var route) ? route.Uri : null;

    /// <summary>The port of a URI, or the default one (RFC 3261 §19.1.2).</summary>
    public static int PortOf(SipUri uri) =>
        uri.Port ?? (uri.Scheme == "sips" || string.Equals(uri.Parameters["transport"], "tls", StringComparison.OrdinalIgnoreCase) ? 5061 : 5060);

    private static SipUri AddressOf(SipFlow flow) =>
        SipUri.Create("", flow.Local.Host, flow.Local.Port == 0 ? null : flow.Local.Port).WithParameter("transport", flow.Transport.ToLowerInvariant());
}
