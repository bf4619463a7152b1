using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The copy of a request that goes to one target (RFC 3261 §16.6 steps 1–7).</summary>
internal static class ForwardedRequest
{
    /// <summary>Max-Forwards of a request that came without (§16.6 step 3), as if it had come with one more.</summary>
    private const int DefaultMaxForwards = 71;

    /// <summary>The copy, as far as it does not depend on the flow, and the URI by which its next hop is found.</summary>
    /// <param name="request">The request, with our own values of Route already off it.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="breadth">Max-Breadth of the copy (RFC 5393 §5.3); null to leave what there is.</param>
    public static (SipRequest Copy, SipUri NextHop) Create(SipRequest request, ProxyTarget target, int? breadth)
    {
        var copy = request.WithUri(WithoutForbidden(target.Uri));
        copy.Headers[HeaderName.MaxForwards] = ((request.MaxForwards ?? DefaultMaxForwards) - 1).ToString(CultureInfo.InvariantCulture);
        if (breadth is { } count)
        {
            copy.Headers[HeaderName.MaxBreadth] = count.ToString(CultureInfo.InvariantCulture);
        }

        for (var index = target.Routes.Count - 1; index >= 0; index--)
        {
            copy.Headers.AddFirst(HeaderName.Route, target.Routes[index]);
        }

        if (copy.TopRoute is not { } first)
        {
            return (copy, copy.Uri!);
        }

        if (!first.Uri.Parameters.Contains("lr"))
        {
            // Step 6: the next hop is a strict router, which looks at the Request-URI only.
            copy.Headers.RemoveFirstValue(HeaderName.Route);
            copy.Headers.Add(HeaderName.Route, $"<{copy.UriText}>");
            copy = copy.WithUri(WithoutForbidden(first.Uri));
        }

        return (copy, first.Uri);
    }

    /// <summary>Puts Record-Route on the copy (§16.6 step 4): where it came in, and above it where it goes out, if that is elsewhere (RFC 5658 §5).</summary>
    public static void RecordRoute(SipRequest copy, OwnAddresses own, SipFlow from, SipFlow to, ProxyOptions options)
    {
        if (!options.RecordRoute || !MakesDialog(copy))
        {
            return;
        }

        if (options.RecordRouteUri is { } named)
        {
            own.Add(named);
            copy.Headers.AddFirst(HeaderName.RecordRoute, $"<{named}>");
            return;
        }

        var isSecure = copy.Uri!.Scheme == "sips" || copy.TopRoute?.Uri.Scheme == "sips";
        var inner = own.RouteUriOf(from, isSecure);
        copy.Headers.AddFirst(HeaderName.RecordRoute, $"<{inner}>");
        if (own.IsReachable(to) && own.RouteUriOf(to, isSecure) is var outer && !outer.Equals(inner))
        {
            copy.Headers.AddFirst(HeaderName.RecordRoute, $"<{outer}>");
        }
    }

    // RFC 6665 §4.3: a proxy in the path of SUBSCRIBE is in that of its NOTIFYs too.
    private static bool MakesDialog(SipRequest request) =>
        request.Method.IsInvite || request.Method == SipMethod.Subscribe || request.Method == SipMethod.Refer || request.Method == SipMethod.Notify;

    private static SipUri WithoutForbidden(SipUri uri)
    {
        if (!uri.IsSip)
        {
            return uri;
        }

        var plain = uri.Headers.Length == 0 ? uri : SipUri.Parse(uri.Text[..^(uri.Headers.Length + 1)]);
        return plain.WithoutParameter("method");
    }
}
