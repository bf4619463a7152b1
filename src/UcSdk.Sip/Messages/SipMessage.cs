using System.Buffers;

namespace UcSdk.Sip;

/// <summary>
/// A request or a response. A message being built may be changed; once sent or received it belongs to the stack and must be left alone
/// (copy it with <see cref="SipRequest.Clone"/> or <see cref="SipResponse.Clone"/> to change it).
/// </summary>
public abstract class SipMessage
{
    private static readonly string[] KnownTypes = ["text/plain", "text/html", "application/sdp", "application/xml"];

    // What goes out is signed on one flow, what came in was verified by one association: no message is both, and every byte counts.
    private object? _protection;

    private protected SipMessage(SipHeaders headers, ReadOnlyMemory<byte> body)
    {
        Headers = headers;
        Body = body;
    }

    /// <summary>The header fields in order; Content-Length is not among them, it follows from <see cref="Body"/>.</summary>
    public SipHeaders Headers { get; }

    /// <summary>The body; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>The topmost Via; null when absent or unreadable.</summary>
    public Via? TopVia => Headers.View<Via>(HeaderName.Via);

    /// <summary>From; null when absent or unreadable.</summary>
    public NameAddr? From => Headers.View<NameAddr>(HeaderName.From);

    /// <summary>To; null when absent or unreadable.</summary>
    public NameAddr? To => Headers.View<NameAddr>(HeaderName.To);

    /// <summary>The first Contact; null when absent, unreadable, or <c>*</c>.</summary>
    public NameAddr? Contact => Headers.View<NameAddr>(HeaderName.Contact);

    /// <summary>The topmost Route; null when absent or unreadable.</summary>
    internal NameAddr? TopRoute => Headers.View<NameAddr>(HeaderName.Route) ?? ReadTopRoute();

    /// <summary>Call-ID; null when absent.</summary>
    public string? CallId => Headers[HeaderName.CallId];

    /// <summary>CSeq; null when absent or unreadable.</summary>
    public CSeq? CSeq => Headers.View<CSeq>(HeaderName.CSeq);

    /// <summary>The media type of the body without parameters, in lower case; null when absent.</summary>
    public string? ContentType
    {
        get
        {
            if (Headers.TryGetValue(HeaderName.ContentType, 0, out var value) && KnownTypeOf(value.Span) is { } known)
            {
                return known;
            }

            if (Headers[HeaderName.ContentType] is not { } text)
            {
                return null;
            }

            var semicolon = text.IndexOf(';', StringComparison.Ordinal);
            return (semicolon < 0 ? text : text[..semicolon]).Trim().ToLowerInvariant();
        }
    }

    /// <summary>True when a header of option tags (Supported, Require, Proxy-Require, Allow …) names this one, in any case.</summary>
    public bool HasOption(HeaderName header, string option) => Headers.HasToken(header, option);

    /// <summary>The body as UTF-8 text.</summary>
    public string BodyText => WireText.Read(Body.Span);

    /// <summary>Sets body and Content-Type together; an empty type removes both.</summary>
    public void SetBody(string contentType, ReadOnlyMemory<byte> body)
    {
        Headers[HeaderName.ContentType] = contentType.Length == 0 ? null : contentType;
        Body = contentType.Length == 0 ? default : body;
    }

    /// <summary>Sets a body of several parts, with its Content-Type (RFC 5621).</summary>
    public void SetBody(MultipartBody body) => SetBody(body.Type.ToString(), body.ToBytes());

    /// <summary>The whole message as it goes onto the wire.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + Body.Length);
        SipWriter.Write(this, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Reads one whole message. False, with where and why, when the bytes are no message; what stands in single headers is judged when
    /// they are read (<see cref="SipRequest.TryValidate"/>).
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, SipLimits limits, out SipMessage? message, out SipParseError error) =>
        MessageParser.TryParse(bytes, limits, out message, out error);

    /// <summary>The flow whose protection has signed the message; what is repeated there is not signed again.</summary>
    internal SipFlow? ProtectedOn
    {
        get => _protection as SipFlow ?? Association?.Flow;
        set => _protection = value;
    }

    /// <summary>At a server: the association by whose keys the message was signed, the client's or our own; null for none. Copies have none.</summary>
    internal ServerAssociation? Association
    {
        get => _protection as ServerAssociation;
        set => _protection = value;
    }

    /// <summary>
    /// At a server, of a request that is not signed yet: the address of the user on whose behalf the client at the other end of the flow gets it, where neither To nor the
    /// Request-URI says so; null where nobody knows better. Copies have none.
    /// </summary>
    internal SipUri? Addressee
    {
        get => _protection as SipUri;
        set => _protection = value;
    }

    internal abstract void WriteStartLine(IBufferWriter<byte> writer);

    // The types that make up most of the traffic, without their text being made each time.
    private static string? KnownTypeOf(ReadOnlySpan<byte> field)
    {
        var semicolon = Scan.IndexOf(field, (byte)';');
        var name = (semicolon < 0 ? field : field[..semicolon]).TrimEnd((byte)' ');
        foreach (var known in KnownTypes)
        {
            if (Scan.EqualsIgnoreCase(name, known))
            {
                return known;
            }
        }

        return null;
    }

    // Empty parts of a list mean nothing, and the first field may hold nothing else.
    private NameAddr? ReadTopRoute() =>
        Headers.Contains(HeaderName.Route) && Headers.GetList(HeaderName.Route).FirstOrDefault() is { } text && NameAddr.TryParse(text, out var route) ? route : null;
}
