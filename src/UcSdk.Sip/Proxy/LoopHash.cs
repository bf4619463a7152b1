using System.Globalization;

namespace UcSdk.Sip;

/// <summary>
/// What a proxy puts behind its branches so that it knows a request that comes back unchanged (RFC 3261 §16.6 step 8, RFC 5393 §4.2.1): a hash of
/// all that its routing depends on. The secret makes the hash this element's own: the same request has another one at the next proxy.
/// </summary>
internal static class LoopHash
{
    public static string Of(SipRequest request, string secret)
    {
        var routes = string.Join(',', request.Headers.GetList(HeaderName.Route));
        // RFC 5393 §4.2.1: not the method, nor anything that changes on each round: Via, Max-Forwards.
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{secret}|{request.UriText}|{request.CallId}|{request.From!.Tag}|{request.To!.Tag}|{request.CSeq!.Number}|{routes}");
        // FNV-1a: equality is all that is asked of it.
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    public static string Mark(string branch, string hash) => $"{branch}.{hash}";

    /// <summary>True when a Via of the request carries the same hash: it was here before, unchanged (RFC 5393 §4.2.2).</summary>
    public static bool IsLooped(SipRequest request, string hash)
    {
        foreach (var value in request.Headers.GetList(HeaderName.Via))
        {
            if (Via.TryParse(value, out var via) && via.Branch is { } branch && branch.EndsWith("." + hash, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
