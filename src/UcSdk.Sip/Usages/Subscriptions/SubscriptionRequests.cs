using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The requests of a subscriber, made out of its first one, and what it reads in answers and notifications.</summary>
internal static class SubscriptionRequests
{
    private static readonly HeaderName[] OfOneRequest = [HeaderName.Via, HeaderName.Route, HeaderName.ContentType, HeaderName.Authorization, HeaderName.ProxyAuthorization];

    /// <summary>A refresh: what the first SUBSCRIBE said beside the dialog's own headers, the following say again.</summary>
    public static SipRequest Refresh(SipRequest subscribe, Dialog dialog)
    {
        var refresh = Next(subscribe, dialog);
        refresh.SetBody(subscribe.Headers[HeaderName.ContentType] ?? "", subscribe.Body);
        return refresh;
    }

    /// <summary>A refresh that says something new.</summary>
    public static SipRequest Update(SipRequest subscribe, Dialog dialog, SubscriptionUpdate update)
    {
        var request = Next(subscribe, dialog);
        request.SetBody(update.ContentType, update.Body);
        return request;
    }

    /// <summary>What is refreshed and renewed after the update: the SUBSCRIBE with what lasts of it.</summary>
    public static SipRequest WithBody(SipRequest subscribe, SubscriptionUpdate update) => WithBody(subscribe, update.ContentType, update.RefreshBody);

    /// <summary>The SUBSCRIBE with another body.</summary>
    public static SipRequest WithBody(SipRequest subscribe, string contentType, ReadOnlyMemory<byte> body)
    {
        var changed = subscribe.Clone();
        changed.SetBody(contentType, body);
        return changed;
    }

    /// <summary>The end, without a body: a filter of what is to be notified makes no sense any more.</summary>
    public static SipRequest Unsubscribe(SipRequest subscribe, Dialog dialog)
    {
        var last = Next(subscribe, dialog);
        last.Headers[HeaderName.Expires] = "0";
        return last;
    }

    /// <summary>An unrelated SUBSCRIBE for the same (RFC 6665 §4.1.2.2): a fresh Call-ID and From tag.</summary>
    public static SipRequest Renew(SipRequest subscribe, CoreContext context)
    {
        var next = Again(subscribe);
        next.Headers[HeaderName.From] = subscribe.From!.WithParameter("tag", context.NewTag()).ToString();
        next.Headers[HeaderName.CallId] = context.NewCallId();
        next.Headers[HeaderName.CSeq] = new CSeq(1, SipMethod.Subscribe).ToString();
        next.Headers.Remove(HeaderName.Authorization);
        next.Headers.Remove(HeaderName.ProxyAuthorization);
        return next;
    }

    /// <summary>The request that got 423, with the life that the notifier wants; null when it wants none that is longer.</summary>
    public static SipRequest? Longer(SipRequest request, SipResponse refusal)
    {
        if (refusal.StatusCode != StatusCode.IntervalTooBrief || ReadSeconds(refusal, HeaderName.MinExpires) is not { } wanted
            || ReadSeconds(request, HeaderName.Expires) >= wanted)
        {
            return null;
        }

        var again = Again(request);
        again.Headers[HeaderName.Expires] = ((long)wanted.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return again;
    }

    /// <summary>The life that a 2xx grants; null when it says none.</summary>
    public static TimeSpan? ReadExpires(SipResponse response) => ReadSeconds(response, HeaderName.Expires) is { Ticks: > 0 } life ? life : null;

    /// <summary>True when the notifier's last word invites another subscription (RFC 6665 §4.1.3); the pause is zero where it may come at once.</summary>
    public static bool InvitesAnother(SubscriptionStateHeader state, out TimeSpan? pause)
    {
        pause = state.RetryAfter;
        switch (state.Reason?.ToLowerInvariant())
        {
            case "deactivated" or "timeout":
                pause = TimeSpan.Zero;
                return true;
            case "probation" or "giveup":
                return true;
            default:
                // rejected, noresource, invariant: it would not help. Without a reason we may, but only when the notifier says when.
                return state.Reason is null && pause is not null;
        }
    }

    /// <summary>True for the refusals of a refresh that end the subscription (RFC 6665 §4.1.2.2); after any other it stands until it runs out.</summary>
    public static bool EndsSubscription(int status) => status is 404 or 405 or 410 or 416 or (>= 480 and <= 485) or 489 or 501 or 604;

    private static SipRequest Again(SipRequest request)
    {
        var again = request.Clone();
        again.Headers.RemoveFirstValue(HeaderName.Via);
        return again;
    }

    private static SipRequest Next(SipRequest subscribe, Dialog dialog)
    {
        var request = dialog.CreateRequest(SipMethod.Subscribe);
        foreach (var header in subscribe.Headers)
        {
            if (!request.Headers.Contains(header.Name) && Array.IndexOf(OfOneRequest, header.Name) < 0)
            {
                foreach (var value in subscribe.Headers.GetAll(header.Name))
                {
                    request.Headers.Add(header.Name, value);
                }
            }
        }

        return request;
    }

    private static TimeSpan? ReadSeconds(SipMessage message, HeaderName name) =>
        uint.TryParse(message.Headers[name], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
