using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// What a proxy puts behind its branches so that it knows a request that comes back unchanged (RFC 3261 §16.6 step 8, RFC 5393 §4.2.1): a hash of
/// all that its routing depends on. The secret makes the hash this element's own: the same request has another one at the next proxy.
/// </summary>
internal static class LoopHash
{
    private const ulong Basis = 14695981039346656037UL;

    public static ulong Of(SipRequest request, string secret)
    {
        // RFC 5393 §4.2.1: not the method, nor anything that changes on each round: Via, Max-Forwards.
        var hash = Add(Basis, secret);
        hash = request.Uri is { } uri ? Add(hash, uri.Utf8) : Add(hash, request.UriText);
        hash = request.Headers.TryGetValue(HeaderName.CallId, 0, out var callId) ? Add(hash, callId.Span) : hash;
        Span<char> room = stackalloc char[128];
        hash = Add(hash, request.From!.TagIn(room));
        hash = Add(hash, request.To!.TagIn(room));
        hash = (hash ^ request.CSeq!.Number) * 1099511628211UL;
        for (var at = 0; request.Headers.TryGetValue(HeaderName.Route, at, out var route); at++)
        {
            hash = Add(hash, route.Span);
        }

        return hash;
    }

    /// <summary>How the hash stands behind the dot of a branch.</summary>
    public static string TextOf(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>True when a Via of the request carries the same hash: it was here before, unchanged (RFC 5393 §4.2.2).</summary>
    public static bool IsLooped(SipRequest request, ulong hash)
    {
        Span<byte> text = stackalloc byte[16];
        hash.TryFormat(text, out _, "x16", CultureInfo.InvariantCulture);
        for (var at = 0; request.Headers.TryGetValue(HeaderName.Via, at, out var field); at++)
        {
            if (Mentions(field.Span, text) && IsAnyMarked(field, TextOf(hash)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAnyMarked(WireSlice field, string hash) => SipGrammar.SplitList(field.ToString()).Any(value => IsMarked(value, hash));

    private static bool IsMarked(string value, string hash) =>
        Via.TryParse(value, out var via) && via.Branch is { } branch && branch.EndsWith("." + hash, StringComparison.OrdinalIgnoreCase);

    // Hardly any field does, and only such a one is worth reading.
    private static bool Mentions(ReadOnlySpan<byte> field, ReadOnlySpan<byte> hash)
    {
        while (field.IndexOf((byte)'.') is var dot and >= 0)
        {
            field = field[(dot + 1)..];
            if (field.Length >= hash.Length && Ascii.EqualsIgnoreCase(field[..hash.Length], hash))
            {
                return true;
            }
        }

        return false;
    }

    // FNV-1a: equality is all that is asked of it. Each part ends with what none of them holds.
    private static ulong Add(ulong hash, ReadOnlySpan<byte> part)
    {
        foreach (var next in part)
        {
            hash = (hash ^ next) * 1099511628211UL;
        }

        return (hash ^ '\n') * 1099511628211UL;
    }

    private static ulong Add(ulong hash, ReadOnlySpan<char> part)
    {
        foreach (var next in part)
        {
            hash = (hash ^ next) * 1099511628211UL;
        }

        return (hash ^ '\n') * 1099511628211UL;
    }
}
