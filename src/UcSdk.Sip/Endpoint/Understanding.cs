namespace UcSdk.Sip;

/// <summary>What a user agent refuses because it cannot act on it, whatever its application would say: RFC 3261 §8.2.2.1, §8.2.2.3, §8.2.3, in that order.</summary>
internal static class Understanding
{
    private static readonly HeaderName AcceptEncoding = HeaderName.Of("Accept-Encoding");

    /// <summary>The refusal; null when the request is understood.</summary>
    public static SipResponse? Refuse(ServerTransaction transaction, SipEndpointOptions options)
    {
        var request = transaction.Request;
        if (!request.Uri!.IsSip && request.Uri.Scheme != "tel")
        {
            return Answer(transaction, StatusCode.UnsupportedUriScheme);
        }

        if (request.Headers.Contains(HeaderName.Require) && UnknownOf(request, options) is { Length: > 0 } unknown)
        {
            return With(Answer(transaction, StatusCode.BadExtension), HeaderName.Unsupported, string.Join(", ", unknown));
        }

        if (request.Method.IsInvite && !request.To!.HasTag && SessionTimer.Refuse(transaction, options.SessionTimer) is { } tooShort)
        {
            return tooShort;
        }

        if (IsOfUnservedEvent(request, options.Events))
        {
            return With(Answer(transaction, StatusCode.BadEvent), HeaderName.AllowEvents, string.Join(", ", options.Events));
        }

        return options.ContentTypes is { } types ? RefuseContent(transaction, types) : null;
    }

    private static string[] UnknownOf(SipRequest request, SipEndpointOptions options) =>
        [.. request.Headers.GetList(HeaderName.Require).Where(option => !options.Extensions.Contains(option, StringComparer.OrdinalIgnoreCase))];

    // RFC 6665 §8.2.2.
    private static bool IsOfUnservedEvent(SipRequest request, IReadOnlyList<string> events) =>
        events.Count > 0 && !request.To!.HasTag && (request.Method == SipMethod.Subscribe || request.Method == SipMethod.Publish)
        && !events.Contains(EventPackage.Of(request), StringComparer.OrdinalIgnoreCase);

    private static SipResponse? RefuseContent(ServerTransaction transaction, IReadOnlyList<string> types)
    {
        var request = transaction.Request;
        // A BYE ends the session with whatever body.
        if (!request.Body.IsEmpty && request.Method != SipMethod.Bye && !IsOptional(request))
        {
            if (request.Headers[HeaderName.ContentEncoding] is { Length: > 0 } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            {
                return With(Answer(transaction, StatusCode.UnsupportedMediaType), AcceptEncoding, "identity");
            }

            if (!types.Contains(request.ContentType, StringComparer.OrdinalIgnoreCase))
            {
                return With(Answer(transaction, StatusCode.UnsupportedMediaType), HeaderName.Accept, string.Join(", ", types));
            }
        }

        // The answer to an INVITE has a body, which the caller must be able to read.
        return request.Method.IsInvite && request.Headers.Contains(HeaderName.Accept) && !AcceptsAny(request, types)
            ? Answer(transaction, StatusCode.NotAcceptable)
            : null;
    }

    // §20.11: handling is required unless it says otherwise.
    private static bool IsOptional(SipRequest request) =>
        request.Headers[HeaderName.ContentDisposition] is { } text
        && text.IndexOf(';', StringComparison.Ordinal) is var at and >= 0
        && SipParameters.TryParse(text.AsSpan(at), out var parameters)
        && "optional".Equals(parameters["handling"], StringComparison.OrdinalIgnoreCase);

    private static bool AcceptsAny(SipRequest request, IReadOnlyList<string> types) => types.Any(type => Accepts(request, type));

    // §20.1: a range may leave the subtype or all open.
    private static bool Accepts(SipRequest request, string type)
    {
        foreach (var text in request.Headers.GetList(HeaderName.Accept))
        {
            var semicolon = text.IndexOf(';', StringComparison.Ordinal);
            var range = (semicolon < 0 ? text : text[..semicolon]).Trim();
            if (range == "*/*" || range.Equals(type, StringComparison.OrdinalIgnoreCase)
                || (range.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(range[..^1], StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    private static SipResponse Answer(ServerTransaction transaction, int status) => transaction.Request.CreateResponse(status, null, transaction.LocalTag);

    private static SipResponse With(SipResponse response, HeaderName name, string value)
    {
        response.Headers.Add(name, value);
        return response;
    }
}
