using System.Buffers;
using System.Globalization;
using System.Text;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// What every request must satisfy before anybody acts on it (RFC 3261 §16.3), and the marks that Lync servers leave on the topmost Via
/// ([MS-CONMGMT] §2.2.4).
/// </summary>
internal sealed class SanityApplication(UserDirectory directory, ConnectionIds connections) : IServerApplication
{
    /// <summary>What clients of the family demand of proxies, and get.</summary>
    public static readonly string[] Extensions = [BestEffortNotify.NotifyTag, BestEffortNotify.PiggybackTag];

    private const string Received = "received";
    private const string MsReceived = "ms-received";

    // Lists, quoted values and blanks take the longer way.
    private static readonly SearchValues<byte> Unsure = SearchValues.Create(",\"\t"u8);

    public bool Handle(ServerRequest request)
    {
        var message = request.Message;
        MarkVia(message, request.Flow);
        var refusal = message switch
        {
            { Uri: null or { IsSip: false } } => new ServerAnswer(StatusCode.UnsupportedUriScheme),
            { MaxForwards: 0 } => new ServerAnswer(StatusCode.TooManyHops),
            _ when message.Headers.Contains(HeaderName.ProxyRequire) && Unsupported(message) is { Length: > 0 } tags => new ServerAnswer(StatusCode.BadExtension).With(HeaderName.Unsupported, tags),
            _ when message.From is not { } from || !directory.Serves(from.Uri) =>
                ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.SenderNotAuthorized),
            _ when !directory.Serves(message.Uri) && request.Incoming.OwnRoute is null && message.Headers[HeaderName.Route] is null =>
                ServerAnswer.Refuse(StatusCode.NotFound, ServerDiagnostics.UserNotFound),
            _ => null,
        };
        if (refusal is not null)
        {
            request.Answer(refusal);
        }

        return refusal is not null;
    }

    // Only Proxy-Require is for us; Require is for whoever answers, and what is answered here needs no extension (RFC 3261 §16.3, step 5).
    private static string Unsupported(SipRequest message) => string.Join(
        ", ",
        message.Headers.GetList(HeaderName.ProxyRequire).Where(tag => !Extensions.Contains(tag, StringComparer.OrdinalIgnoreCase)));

    private void MarkVia(SipRequest message, SipFlow flow)
    {
        if (connections.MarkOf(flow) is var mark && TryAppend(message.Headers, mark))
        {
            return;
        }

        if (message.TopVia is not { } via || !message.Headers.RemoveFirstValue(HeaderName.Via))
        {
            return;
        }

        var parameters = via.Parameters
            .With("received", flow.Remote.Host)
            .With("ms-received-port", flow.Remote.Port.ToString(CultureInfo.InvariantCulture))
            .With("ms-received-cid", connections.Of(flow));
        message.Headers.AddFirst(HeaderName.Via, (via with { Parameters = parameters }).ToString());
    }

    // What a client says has none of our marks, and one value a field: the bytes are lengthened as they are.
    private static bool TryAppend(SipHeaders headers, byte[] mark)
    {
        if (!headers.TryGetValue(HeaderName.Via, 0, out var field) || field.Span.ContainsAny(Unsure))
        {
            return false;
        }

        for (var rest = field.Span; rest.IndexOf((byte)';') is var at and >= 0;)
        {
            rest = rest[(at + 1)..];
            if (Ascii.EqualsIgnoreCase(rest[..Math.Min(rest.Length, Received.Length)], Received) || Ascii.EqualsIgnoreCase(rest[..Math.Min(rest.Length, MsReceived.Length)], MsReceived))
            {
                return false;
            }
        }

        headers.SetFirst(HeaderName.Via, [.. field.Span, .. mark]);
        return true;
    }
}
