namespace UcSdk.Sip;

/// <summary>
/// What a proxy does to a request before anything else looks at it (RFC 3261 §16.4): undoes what a strict router has done, and takes off what was
/// meant for this element.
/// </summary>
internal static class RoutePreprocessing
{
    public static void Apply(SipRequest request, OwnAddresses own, SipFlow flow)
    {
        var uri = request.Uri!;
        if (!uri.IsSip)
        {
            return;
        }

        if (uri.Parameters.Contains("lr") && own.Contains(uri, flow) && TakeLastRoute(request) is { } target)
        {
            // Only what we put into Record-Route is ours and has lr: a strict router upstream has put it here, and the target last into Route.
            request.Readdress(target);
            request.OwnRoute = uri;
        }
        else if (uri.Parameters["maddr"] is { } maddr && own.IsHost(maddr, flow) && IsWhereItCame(uri, flow))
        {
            request.Readdress(WithoutDetour(uri));
        }

        if (own.TakeRoutes(request, flow) is { } route)
        {
            request.OwnRoute = route;
        }
    }

    private static SipUri? TakeLastRoute(SipRequest request)
    {
        var routes = request.Headers.GetList(HeaderName.Route).ToArray();
        if (routes.Length == 0 || !NameAddr.TryParse(routes[^1], out var last))
        {
            return null;
        }

        request.Headers.Remove(HeaderName.Route);
        foreach (var route in routes.SkipLast(1))
        {
            request.Headers.Add(HeaderName.Route, route);
        }

        return last.Uri;
    }

    private static bool IsWhereItCame(SipUri uri, SipFlow flow) =>
        OwnAddresses.PortOf(uri) == flow.Local.Port
        && (uri.Parameters["transport"] ?? (uri.Scheme == "sips" ? "tls" : "udp")).Equals(flow.Transport, StringComparison.OrdinalIgnoreCase);

    // §16.4: maddr and any port and transport that are not the default are how it came here, not where it goes.
    private static SipUri WithoutDetour(SipUri uri)
    {
        var parameters = uri.Parameters.Without("maddr").Without("transport").Without("ttl");
        return SipUri.Parse($"{uri.Scheme}:{(uri.User.Length > 0 ? uri.User + "@" : "")}{uri.Host}{parameters}");
    }
}
