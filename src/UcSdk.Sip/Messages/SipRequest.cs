using System.Buffers;

namespace UcSdk.Sip;

/// <summary>A SIP request (RFC 3261 §7.1).</summary>
public sealed class SipRequest : SipMessage
{
    private readonly int _uriStart;
    private readonly int _uriLength;

    // The URI, or its text where it cannot be read; null until somebody asks.
    private object? _uri;

    /// <summary>An empty request; the stack fills in what is missing (Via, From tag, Call-ID, CSeq, Max-Forwards) when it is sent.</summary>
    public SipRequest(SipMethod method, SipUri uri)
        : base(new SipHeaders(), default)
    {
        Method = method;
        _uri = uri;
    }

    /// <summary>An empty request with room for so many fields.</summary>
    internal SipRequest(SipMethod method, SipUri uri, int capacity)
        : base(new SipHeaders([], capacity), default)
    {
        Method = method;
        _uri = uri;
    }

    /// <summary>A received request, whose URI is a part of the bytes that its headers are slices of.</summary>
    internal SipRequest(SipMethod method, int uriStart, int uriLength, SipHeaders headers, ReadOnlyMemory<byte> body)
        : base(headers, body)
    {
        Method = method;
        _uriStart = uriStart;
        _uriLength = uriLength;
    }

    private SipRequest(SipRequest other, object? uri)
        : this(other.Method, other._uriStart, other._uriLength, other.Headers.Clone(), other.Body)
    {
        _uri = uri;
        OwnRoute = other.OwnRoute;
    }

    /// <summary>The method.</summary>
    public SipMethod Method { get; }

    /// <summary>The Request-URI; null when it cannot be read.</summary>
    public SipUri? Uri => (_uri ??= ReadUri()) as SipUri;

    /// <summary>The Request-URI as written.</summary>
    public string UriText => (_uri ??= ReadUri()) is SipUri uri ? uri.Text : (string)_uri;

    /// <summary>Max-Forwards, 0–255; null when absent or unreadable.</summary>
    public int? MaxForwards =>
        Headers.TryReadNumber(HeaderName.MaxForwards, out var hops) && hops <= byte.MaxValue ? hops : null;

    /// <summary>A copy that can be changed.</summary>
    public SipRequest Clone() => new(this, _uri);

    /// <summary>A copy addressed to another URI.</summary>
    public SipRequest WithUri(SipUri uri) => new(this, uri);

    /// <summary>The value of ours that a proxy has taken off the top of Route, or out of the Request-URI (§16.4); null when there was none.</summary>
    internal SipUri? OwnRoute { get; set; }

    /// <summary>Addresses this request itself to another URI.</summary>
    internal void Readdress(SipUri uri)
    {
        _uri = uri;
    }

    /// <summary>
    /// A response to this request with the headers that RFC 3261 §8.2.6.2 copies: every Via, From, To, Call-ID, CSeq, and Record-Route for
    /// a response that makes a dialog (§12.1.1).
    /// </summary>
    /// <param name="statusCode">100–699.</param>
    /// <param name="reasonPhrase">Null for the usual phrase.</param>
    /// <param name="toTag">The tag to add to To where it has none; not for 100.</param>
    public SipResponse CreateResponse(int statusCode, string? reasonPhrase = null, string? toTag = null)
    {
        // From, To, Call-ID, CSeq, Server, and one more.
        var response = new SipResponse(statusCode, reasonPhrase, Headers.Bytes, Headers.CountOf(HeaderName.Via) + 6);
        response.Headers.AddFrom(Headers, HeaderName.Via);
        response.Headers.AddFrom(Headers, HeaderName.From);
        if (toTag is not null && To is { HasTag: false } to)
        {
            // Mostly there is nothing behind the bracket, and the tag is put there as it is.
            var isBare = Headers[HeaderName.To] is { } text && text.IndexOf('>', StringComparison.Ordinal) == text.Length - 1 && SipGrammar.IsToken(toTag);
            response.Headers.Add(HeaderName.To, isBare ? string.Concat(Headers[HeaderName.To], ";tag=", toTag) : to.WithParameter("tag", toTag).ToString());
        }
        else
        {
            response.Headers.AddFrom(Headers, HeaderName.To);
        }

        response.Headers.AddFrom(Headers, HeaderName.CallId);
        response.Headers.AddFrom(Headers, HeaderName.CSeq);
        if (statusCode is > 100 and < 300 && (Method.IsInvite || Method == SipMethod.Subscribe || Method == SipMethod.Refer))
        {
            response.Headers.AddFrom(Headers, HeaderName.RecordRoute);
        }

        return response;
    }

    /// <summary>
    /// Checks what every element needs before it can act: Via readable, From, To, Call-ID and CSeq readable and there once, the CSeq method
    /// equal to the method, a readable Request-URI without headers (RFC 3261 §8.1.1, §8.2.2.1, §16.3, §19.1.1). A Contact that is there must
    /// be readable too.
    /// </summary>
    public bool TryValidate(out SipParseError error)
    {
        error = this switch
        {
            { TopVia: null } => Missing(HeaderName.Via, "§20.42"),
            { From: null } => Missing(HeaderName.From, "§20.20"),
            { To: null } => Missing(HeaderName.To, "§20.39"),
            _ when !Headers.TryGetValue(HeaderName.CallId, 0, out var callId) || callId.Span.IsEmpty => Missing(HeaderName.CallId, "§20.8"),
            { CSeq: null } => Missing(HeaderName.CSeq, "§20.16"),
            _ when Headers.FindRepeated(Singles) is { } name => new SipParseError(0, $"one {name}", "RFC 3261 §7.3.1"),
            _ when CSeq.Method != Method => new SipParseError(0, $"CSeq method {Method}", "RFC 3261 §8.1.1.5"),
            { Uri: null } => new SipParseError(0, "a Request-URI", "RFC 3261 §19.1"),
            { Uri.Headers.Length: > 0 } => new SipParseError(0, "a Request-URI without headers", "RFC 3261 §19.1.1"),
            // Contact: * stands only in REGISTER, alone (§10.2.2).
            _ when !Headers.AreAddresses(HeaderName.Contact, mayBeStar: Method == SipMethod.Register) => Missing(HeaderName.Contact, "§20.10"),
            _ => default,
        };
        return error == default;
    }

    /// <summary>The start line.</summary>
    public override string ToString() => $"{Method} {UriText} {SipGrammar.Version}";

    internal override void WriteStartLine(IBufferWriter<byte> writer)
    {
        SipWriter.WriteText(writer, Method.Name);
        writer.Write(" "u8);
        SipWriter.WriteText(writer, UriText);
        writer.Write(" SIP/2.0\r\n"u8);
    }

    private static readonly HeaderName[] Singles = [HeaderName.From, HeaderName.To, HeaderName.CallId, HeaderName.CSeq, HeaderName.MaxForwards];

    private static SipParseError Missing(HeaderName name, string section) => new(0, $"a readable {name}", "RFC 3261 " + section);

    private object ReadUri()
    {
        var slice = new WireSlice(Headers.Bytes, _uriStart, _uriStart + _uriLength);
        return SipUri.TryRead(slice, null, out var uri) ? uri : slice.ToString();
    }
}
