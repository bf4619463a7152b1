using System.Globalization;
using System.Text;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>
/// A client with the habits of SIPE: lower-case transport in Via, no Via branch inside dialogs, one Call-ID for all REGISTERs with a new tag
/// each, no answer to INFO.
/// </summary>
internal sealed class RawClient : ISipTransportEvents
{
    private readonly ServerLab _lab;
    private readonly ISipTransport _transport;
    private readonly Queue<SipMessage> _received = new();
    private readonly string _epid;
    private SipFlow? _flow;
    private int _sequence;
    private string _lastRequest = "";

    public RawClient(ServerLab lab, string user, string epid, UcServer? server = null)
    {
        _lab = lab;
        _epid = epid;
        Address = $"sip:{user}@contoso.test";
        _transport = lab.Network.CreateTransport($"{epid}.example");
        lab.Run(() => _transport.StartAsync(this, default));
        lab.Run(async () => _flow = await _transport.ConnectAsync((server ?? lab.Server).ListenAddresses[0], default));
    }

    public string Address { get; }

    /// <summary>How the client's own From looks.</summary>
    public string From => $"<{Address}>;tag=f{_epid};epid={_epid}";

    public string Gruu { get; private set; } = "";

    public bool IsClosed { get; private set; }

    public SipFlow Flow => _flow!;

    void ISipTransportEvents.FlowOpened(SipFlow flow)
    {
    }

    void ISipTransportEvents.MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message)
    {
        Assert.True(SipMessage.TryParse(message, SipLimits.Default, out var parsed, out var error), error.ToString());
        _received.Enqueue(parsed!);
        if (Association is { } association && parsed is not SipResponse { StatusCode: 401 or 407 } && association.Check(parsed!) is var outcome and not AssociationOutcome.Accepted)
        {
            Unsigned.Add($"{parsed}: {outcome}");
        }
    }

    void ISipTransportEvents.FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error) => IsClosed = true;

    /// <summary>Signs what the client says from now on, and verifies what it hears; null for a client that does neither.</summary>
    public SecurityAssociation? Association { get; set; }

    /// <summary>What came since there is an association and was not rightly signed, but for challenges.</summary>
    public List<string> Unsigned { get; } = [];

    /// <summary>The bytes sent last.</summary>
    public byte[] LastBytes { get; private set; } = [];

    /// <summary>Registers.</summary>
    /// <param name="headers">Further header fields.</param>
    /// <param name="edit">Changes the text; null for no change.</param>
    public void Register(string headers = "", Func<string, string>? edit = null)
    {
        var text = RegisterHead(headers);
        Send(edit is null ? text : edit(text));
    }

    /// <summary>The next REGISTER, not sent.</summary>
    public string RegisterHead(string headers = "") =>
        $"""
        REGISTER sip:contoso.test SIP/2.0
        Via: SIP/2.0/tcp 10.0.0.5:50000;branch=z9hG4bK{_epid}{++_sequence}
        From: <{Address}>;tag=r{_sequence};epid={_epid}
        To: <{Address}>
        Max-Forwards: 70
        CSeq: {_sequence} REGISTER
        User-Agent: Purple/2.14 Sipe/1.25
        Call-ID: login-{_epid}
        Contact: <sip:10.0.0.5:50000;transport=tcp;ms-opaque=d3470f2e1d>;methods="INVITE, MESSAGE, INFO, SUBSCRIBE, OPTIONS, BYE, CANCEL, NOTIFY, ACK, REFER, BENOTIFY";proxy=replace
        Supported: gruu-10, adhoclist, msrtc-event-categories, com.microsoft.msrtc.presence
        Event: registration
        Allow-Events: presence
        ms-keep-alive: UAC;hop-hop=yes
        """ + (headers.Length == 0 ? "" : "\n" + headers);

    /// <summary>A request outside any dialog.</summary>
    public void Request(string method, string uri, string callId, string headers = "", string body = "", string? from = null, int cseq = 1) => Send(
        $"""
        {method} {uri} SIP/2.0
        Via: SIP/2.0/tcp 10.0.0.5:50000;branch=z9hG4bK{_epid}{++_sequence}
        From: {from ?? From}
        To: <{uri}>
        Max-Forwards: 70
        CSeq: {cseq} {method}
        User-Agent: Purple/2.14 Sipe/1.25
        Call-ID: {callId}
        Contact: <{(Gruu.Length > 0 ? Gruu : "sip:10.0.0.5:50000;transport=tcp")}>
        """ + (headers.Length == 0 ? "" : "\n" + headers),
        body);

    /// <summary>Cancels the request sent last: the same Via, CSeq number and tags.</summary>
    /// <param name="from">From, where it is not the request's.</param>
    public void Cancel(string? from = null)
    {
        var request = _lastRequest;
        var lines = request.ReplaceLineEndings("\n").Split('\n');
        var method = lines[0].Split(' ')[0];
        var kept = lines.Where(line => line.StartsWith("Via:", StringComparison.Ordinal) || line.StartsWith("From:", StringComparison.Ordinal)
            || line.StartsWith("To:", StringComparison.Ordinal) || line.StartsWith("Call-ID:", StringComparison.Ordinal)
            || line.StartsWith("CSeq:", StringComparison.Ordinal) || line.StartsWith("Max-Forwards:", StringComparison.Ordinal));
        kept = kept.Select(line => from is not null && line.StartsWith("From:", StringComparison.Ordinal) ? "From: " + from : line);
        Send(string.Join('\n', kept.Prepend(lines[0])).Replace(method, "CANCEL", StringComparison.Ordinal));
        _lastRequest = request;
    }

    /// <summary>A request inside the dialog that the response made: no branch in Via.</summary>
    public void InDialog(string method, SipResponse established, int cseq, string headers = "", string body = "") => Send(
        $"""
        {method} {established.Contact!.Uri} SIP/2.0
        Via: SIP/2.0/tcp 10.0.0.5:50000
        From: {established.Headers[HeaderName.From]}
        To: {established.Headers[HeaderName.To]}
        Max-Forwards: 70
        CSeq: {cseq} {method}
        Call-ID: {established.CallId}
        """
        + string.Concat(established.Headers.GetList(HeaderName.RecordRoute).Reverse().Select(route => "\nRoute: " + route))
        + (headers.Length == 0 ? "" : "\n" + headers),
        body);

    public async Task PingAsync() => await _transport.SendKeepAliveAsync(Flow, default);

    /// <summary>Answers a request.</summary>
    public void Answer(SipRequest request, int status, string headers = "", string body = "", string? toTag = null)
    {
        var response = request.CreateResponse(status, null, toTag ?? "t" + _epid);
        Send(Encoding.UTF8.GetString(response.ToBytes()).Replace("Content-Length: 0", headers, StringComparison.Ordinal).TrimEnd(), body);
    }

    /// <summary>Sends the head as it stands, with CRLF line ends and the length of the body.</summary>
    public void Send(string head, string body = "")
    {
        _lastRequest = head;
        var bytes = Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n"));
        var length = bytes.Length.ToString(CultureInfo.InvariantCulture);
        var text = $"{head.ReplaceLineEndings("\r\n").TrimEnd()}\r\nContent-Length: {length}\r\n\r\n";
        LastBytes = Sign([.. Encoding.UTF8.GetBytes(text), .. bytes]);
        _lab.Run(async () => await _transport.SendAsync(Flow, LastBytes, default));
        _lab.Scheduler.RunUntilIdle();
    }

    /// <summary>Sends bytes as they are; the server may have hung up already.</summary>
    public void SendRaw(byte[] bytes)
    {
        _lab.Run(async () =>
        {
            try
            {
                await _transport.SendAsync(Flow, bytes, default);
            }
            catch (IOException)
            {
                // It has.
            }
        });
        _lab.Scheduler.RunUntilIdle();
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SipMessage? message)
    {
        _lab.Scheduler.RunUntilIdle();
        return _received.TryDequeue(out message);
    }

    /// <summary>The next message, which must begin with the text.</summary>
    public SipMessage Expects(string start)
    {
        _lab.Scheduler.RunUntilIdle();
        while (_received.TryPeek(out var skipped) && skipped is SipResponse { IsProvisional: true } && !start.StartsWith("SIP/2.0 1", StringComparison.Ordinal))
        {
            _received.Dequeue();
        }

        Assert.True(_received.TryDequeue(out var message), $"'{start}' was expected and nothing came.");
        Assert.StartsWith(start, message.ToString(), StringComparison.Ordinal);
        if (message is SipResponse response && response.CSeq?.Method == SipMethod.Register)
        {
            KeepGruu(response);
        }

        return message;
    }

    public SipResponse ExpectsResponse(int status) => Assert.IsType<SipResponse>(Expects($"SIP/2.0 {status.ToString(CultureInfo.InvariantCulture)} "));

    public SipRequest ExpectsRequest(string method) => Assert.IsType<SipRequest>(Expects(method + " "));

    public void ExpectsNothing()
    {
        _lab.Scheduler.RunUntilIdle();
        Assert.Empty(_received.Select(message => message.ToString()));
    }

    public void Close()
    {
        _lab.Run(async () => await _transport.DisposeAsync());
        _lab.Scheduler.RunUntilIdle();
    }

    /// <summary>Creates a conference and gives its focus URI.</summary>
    public string CreateConference(string id, string policy = "openAuthenticated")
    {
        var factory = $"{Address};gruu;opaque=app:conf:focusfactory";
        Request(
            "SERVICE",
            factory,
            $"service-{_epid}-{id}",
            "Content-Type: application/cccp+xml",
            $"""
            <?xml version="1.0"?>
            <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:mscp="http://schemas.microsoft.com/rtc/2005/08/cccpextensions" C3PVersion="1" to="{factory}" from="{Address}" requestId="7001">
            <addConference>
            <ci:conference-info xmlns:ci="urn:ietf:params:xml:ns:conference-info" entity="" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions">
            <ci:conference-description><ci:subject/><msci:conference-id>{id}</msci:conference-id><msci:expiry-time>2030-01-31T17:00:00Z</msci:expiry-time><msci:admission-policy>{policy}</msci:admission-policy></ci:conference-description>
            <msci:conference-view><msci:entity-view entity="chat"/><msci:entity-view entity="audio-video"/></msci:conference-view>
            </ci:conference-info>
            </addConference>
            </request>
            """);
        var response = ExpectsResponse(200);
        Assert.Contains("code=\"success\"", response.BodyText, StringComparison.Ordinal);
        Assert.Contains($"entity=\"{Focus(id)}\"", response.BodyText, StringComparison.Ordinal);
        return Focus(id);
    }

    public string Focus(string id) => $"{Address};gruu;opaque=app:conf:focus:id:{id}";

    /// <summary>Sends the INVITE that joins; the answer is still to come.</summary>
    public void SendJoin(string focus, string callId, string guid = "{11111111-2222-3333-4444-555555555555}", string? user = null) => Request(
        "INVITE",
        focus,
        callId,
        "Content-Type: application/cccp+xml",
        $"""
        <?xml version="1.0"?>
        <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:mscp="http://schemas.microsoft.com/rtc/2005/08/cccpextensions" C3PVersion="1" to="{focus}" from="{Address}" requestId="1">
        <addUser>
        <conferenceKeys confEntity="{focus}"/>
        <ci:user entity="{user ?? Address}" xmlns:ci="urn:ietf:params:xml:ns:conference-info"><ci:roles><ci:entry>attendee</ci:entry></ci:roles><ci:endpoint entity="{guid}" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"/></ci:user>
        </addUser>
        </request>
        """);

    /// <summary>Joins the conference and acknowledges.</summary>
    public SipResponse Join(string focus, string callId = "focus", string guid = "{11111111-2222-3333-4444-555555555555}")
    {
        SendJoin(focus, callId + _epid, guid);
        var response = ExpectsResponse(200);
        InDialog("ACK", response, 1);
        return response;
    }

    /// <summary>Subscribes to the roster and gives the first document.</summary>
    public SipResponse SubscribeRoster(string focus, string callId = "roster", string headers = "")
    {
        Request(
            "SUBSCRIBE",
            focus,
            callId + _epid,
            $"""
            Event: conference
            Accept: application/conference-info+xml
            Supported: com.microsoft.autoextend
            Supported: ms-benotify
            Proxy-Require: ms-benotify
            Supported: ms-piggyback-first-notify
            {headers}
            """);
        return ExpectsResponse(200);
    }

    /// <summary>A C3P command in the focus dialog.</summary>
    public void SendCommand(SipResponse focus, int cseq, string command)
    {
        var to = focus.To!.Uri.Text;
        InDialog(
            "INFO",
            focus,
            cseq,
            "Content-Type: application/cccp+xml",
            $"""<request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" to="{to}" from="{Address}" requestId="{cseq}">{command}</request>""");
    }

    private byte[] Sign(byte[] bytes)
    {
        if (Association is null || !SipMessage.TryParse(bytes, SipLimits.Default, out var message, out _))
        {
            return bytes;
        }

        Association.Protect(message!);
        return message!.ToBytes();
    }

    private void KeepGruu(SipResponse response)
    {
        // As SIPE does: the Contact field that holds the own instance as a plain substring.
        var own = InstanceId.FromEpid(_epid).ToString("D");
        var contact = response.Headers.GetAll(HeaderName.Contact).FirstOrDefault(field => field.Contains(own, StringComparison.Ordinal));
        var start = contact?.IndexOf("gruu=\"", StringComparison.Ordinal) ?? -1;
        Gruu = start < 0 ? Gruu : contact![(start + 6)..contact!.IndexOf('"', start + 6)];
    }
}
