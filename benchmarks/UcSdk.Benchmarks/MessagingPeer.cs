using System.Globalization;
using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>A client in a session of messages that answers what it is sent and counts it; the answer is cut out of the request, so that it costs next to nothing.</summary>
internal sealed class MessagingPeer(SimulationScheduler scheduler, ISipTransport transport, string user) : ISipTransportEvents
{
    private const string Offer = "v=0\r\no=- 0 0 IN IP4 10.0.0.1\r\ns=session\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=message 5060 sip null\r\na=accept-types:text/plain application/ms-imdn+xml\r\n";

    private SipFlow? _flow;
    private SipResponse? _answer;
    private Task _sending = Task.CompletedTask;
    private SipResponse? _session;
    private int _sequence;

    public string Address => $"sip:{user}@contoso.test";

    /// <summary>Messages that it was sent.</summary>
    public int Heard { get; private set; }

    /// <summary>Reports of what became of its own.</summary>
    public int Reports { get; private set; }

    public void Connect(SipTransportAddress server)
    {
        scheduler.Run(() => transport.StartAsync(this, default));
        scheduler.Run(async () => _flow = await transport.ConnectAsync(server, default));
    }

    public void Register() => Ask("REGISTER", "sip:contoso.test", "Event: registration\r\nSupported: gruu-10\r\n", "", Address);

    /// <summary>Makes a conference of its user, which others can join.</summary>
    /// <returns>Its focus.</returns>
    public string CreateConference()
    {
        var factory = $"{Address};gruu;opaque=app:conf:focusfactory";
        C3p(
            "SERVICE",
            factory,
            """<addConference><conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity=""><conference-description><conference-id xmlns="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions">ABCDEFGH</conference-id></conference-description></conference-info></addConference>""");
        return $"{Address};gruu;opaque=app:conf:focus:id:ABCDEFGH";
    }

    /// <summary>Takes a seat in a conference.</summary>
    public void Join(string focus)
    {
        C3p(
            "INVITE",
            focus,
            $"""<addUser><conferenceKeys confEntity="{focus}"/><user xmlns="urn:ietf:params:xml:ns:conference-info" entity="{Address}"><endpoint entity="1"/></user></addUser>""");
        Inside("ACK", "", "");
    }

    /// <summary>Begins a session of messages.</summary>
    public void Invite(string uri)
    {
        Ask("INVITE", uri, "Content-Type: application/sdp\r\n", Offer);
        _session = _answer;
        Inside("ACK", "", "");
    }

    /// <summary>Says something in it.</summary>
    public void Say(string text)
    {
        _answer = _session;
        Inside("MESSAGE", "Content-Type: text/plain; charset=UTF-8\r\n", text);
    }

    public void Close() => scheduler.Run(async () => await transport.DisposeAsync());

    void ISipTransportEvents.FlowOpened(SipFlow flow)
    {
    }

    void ISipTransportEvents.FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error)
    {
    }

    void ISipTransportEvents.MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message)
    {
        if (message.Span.StartsWith("MESSAGE "u8))
        {
            Heard++;
            var answer = AnswerTo(message.Span);
            _sending = transport.SendAsync(flow, answer, default).AsTask();
        }
        else if (message.Span.StartsWith("BENOTIFY "u8))
        {
            Reports++;
        }
        else if (message.Span.StartsWith("SIP/2.0 2"u8) && SipMessage.TryParse(message, SipLimits.Default, out var parsed, out _))
        {
            _answer = (SipResponse)parsed!;
        }
        else if (!message.Span.StartsWith("SIP/2.0 1"u8))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(message.Span[..message.Span.IndexOf((byte)'\r')]));
        }
    }

    // The fields that a response repeats (RFC 3261 §8.2.6.2), in the order in which they came.
    private static byte[] AnswerTo(ReadOnlySpan<byte> request)
    {
        using var answer = new MemoryStream(512);
        answer.Write("SIP/2.0 200 OK\r\n"u8);
        var rest = request[(request.IndexOf("\r\n"u8) + 2)..];
        while (rest.IndexOf("\r\n"u8) is > 0 and var end)
        {
            var line = rest[..(end + 2)];
            if (line.StartsWith("Via:"u8) || line.StartsWith("From:"u8) || line.StartsWith("To:"u8) || line.StartsWith("Call-ID:"u8) || line.StartsWith("CSeq:"u8))
            {
                answer.Write(line);
            }

            rest = rest[(end + 2)..];
        }

        answer.Write("Content-Length: 0\r\n\r\n"u8);
        return answer.ToArray();
    }

    private void C3p(string method, string uri, string command) => Ask(
        method,
        uri,
        "Content-Type: application/cccp+xml\r\n",
        $"""<request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" to="{uri}" from="{Address}" requestId="1">{command}</request>""");

    private void Ask(string method, string uri, string headers, string body, string? to = null)
    {
        _answer = null;
        var number = (++_sequence).ToString(CultureInfo.InvariantCulture);
        Send($"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/tcp 10.0.0.1:5060;branch=z9hG4bK{user}{number}\r\nFrom: <{Address}>;tag=t{user};epid={user}\r\nTo: <{to ?? uri}>\r\nCall-ID: {user}{number}\r\nCSeq: {number} {method}\r\n", headers, body);
        if (_answer is null)
        {
            throw new InvalidOperationException($"{method} {uri} was not accepted.");
        }
    }

    private void Inside(string method, string headers, string body)
    {
        var dialog = _answer!;
        var number = method == "ACK" ? dialog.CSeq!.Number : (uint)++_sequence;
        Send(
            $"{method} {dialog.Contact!.Uri} SIP/2.0\r\nVia: SIP/2.0/tcp 10.0.0.1:5060;branch=z9hG4bK{user}{method}{number}\r\nFrom: {dialog.Headers[HeaderName.From]}\r\nTo: {dialog.Headers[HeaderName.To]}\r\nCall-ID: {dialog.CallId}\r\nCSeq: {number} {method}\r\n",
            headers,
            body);
    }

    private void Send(string head, string headers, string body)
    {
        var text = $"{head}Max-Forwards: 70\r\nContact: <sip:10.0.0.1:5060;transport=tcp>\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        scheduler.Run(async () => await transport.SendAsync(_flow!, Encoding.UTF8.GetBytes(text), default));
        scheduler.RunUntilIdle();
    }
}
