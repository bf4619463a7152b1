using System.Globalization;

namespace UcSdk.Sip;

/// <summary>What a request must satisfy before it is forwarded (RFC 3261 §16.3, RFC 5393 §5.3).</summary>
internal static class RequestValidation
{
    /// <summary>The refusal, without a To tag yet; null when the request may go on. Checked in the order of the RFC.</summary>
    /// <param name="request">The request; its syntax is good.</param>
    /// <param name="options">What is known of extensions and breadth.</param>
    /// <param name="loopHash">What a looped request would carry; null where no loop is looked for.</param>
    public static (int Status, HeaderName? Header, string Value)? Check(SipRequest request, ProxyOptions options, ulong? loopHash)
    {
        if (!request.Uri!.IsSip)
        {
            return (StatusCode.UnsupportedUriScheme, null, "");
        }

        if (request.MaxForwards == 0)
        {
            return (StatusCode.TooManyHops, null, "");
        }

        if (loopHash is { } hash && LoopHash.IsLooped(request, hash))
        {
            return (StatusCode.LoopDetected, null, "");
        }

        if (request.Headers.Contains(HeaderName.ProxyRequire) && UnknownOf(request, options) is { Length: > 0 } unknown)
        {
            return (StatusCode.BadExtension, HeaderName.Unsupported, unknown);
        }

        return BreadthOf(request, options) == 0 ? (StatusCode.MaxBreadthExceeded, null, "") : null;
    }

    private static string UnknownOf(SipRequest request, ProxyOptions options) => string.Join(
        ", ",
        request.Headers.GetList(HeaderName.ProxyRequire).Where(tag => !options.Extensions.Contains(tag, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Max-Breadth of the request, or what is assumed where it has none.</summary>
    public static int BreadthOf(SipRequest request, ProxyOptions options) =>
        int.TryParse(request.Headers[HeaderName.MaxBreadth], NumberStyles.None, CultureInfo.InvariantCulture, out var breadth) ? breadth : options.MaxBreadth;
}
