using System.Text;
using UcSdk.Core;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>
/// A server made of texts: it knows no SIP beyond reading a request's name, and answers each with what the script says. By default it signs
/// anybody in and lets everybody into one conference. What was said on either side is in <see cref="Log"/>.
/// </summary>
internal sealed class ScriptedServer : ISipTransportEvents
{
    public const string FocusUri = "sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B";
    private readonly SerialLoop _loop;
    private readonly ISipTransport _transport;
    private readonly IMediaNetwork _media;
    private readonly Dictionary<string, ScriptedDialog> _dialogs = [];
    private readonly Dictionary<string, SipFlow> _users = [];
    private readonly Dictionary<string, string> _invites = [];
    private readonly List<MediaSession> _legs = [];
    private readonly OwnedWork _work;
    private int _number;

    public ScriptedServer(SimulationScheduler simulation, MemoryNetwork network, IMediaNetwork media, string host = "server")
    {
        _loop = new SerialLoop(simulation);
        _work = new OwnedWork(_loop);
        _media = media;
        _transport = network.CreateTransport(host, new SipTransportAddress("TCP", host, 5060), _loop);
        Answers = new()
        {
            ["REGISTER"] = request => Reply(request, 200, Texts.Registered(request)),
            ["SUBSCRIBE vnd-microsoft-provisioning-v2"] = request => Reply(request, 200, Texts.Provisioned),
            ["SERVICE addConference"] = request => Reply(request, 200, Texts.ConferenceAdded(request)),
            ["INVITE focus"] = request => Reply(request, 200, Texts.Joined(request)),
            ["SUBSCRIBE conference"] = request => request.Headers[HeaderName.Expires] == "0"
                ? Reply(request, 200, "Expires: 0\r\nSubscription-State: terminated;expires=0\r\n\r\n")
                : Reply(request, 200, Texts.Roster(1, Texts.User(request))),
            ["INVITE audio-video"] = AnswerAudioAsync,
            ["INVITE im"] = request => Reply(request, 200, Texts.MessagesAccepted()),
            ["INVITE chat"] = request => Reply(request, 200, Texts.MessagesAccepted()),
        };
    }

    /// <summary>What is said to a request of that name; null says nothing. Requests without a line here get 200 (INFO 202).</summary>
    public Dictionary<string, Func<SipRequest, Task<SipResponse?>>> Answers { get; }

    /// <summary>Every message as a line, e.g. <c>alice: INVITE focus</c> and <c>server: 200 INVITE focus</c>.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Every request received, by name.</summary>
    public List<(string Name, SipRequest Request)> Requests { get; } = [];

    /// <summary>Every response received.</summary>
    public List<SipResponse> Responses { get; } = [];

    /// <summary>The A/V legs that were answered.</summary>
    public IReadOnlyList<MediaSession> Legs => _legs;

    /// <summary>Media that an answered leg begins to send at once; false keeps silent.</summary>
    public bool SendsMedia { get; set; } = true;

    public Task StartAsync() => _transport.StartAsync(this, CancellationToken.None);

    public async Task StopAsync()
    {
        foreach (var leg in _legs)
        {
            await leg.CloseAsync();
        }

        await _transport.DisposeAsync();
    }

    public SipRequest Last(string name) => Requests.Last(request => request.Name == name).Request;

    public Task<SipResponse?> Reply(SipRequest request, int status, string headersAndBody = "\r\n")
    {
        var cut = headersAndBody.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = cut < 0 ? headersAndBody : headersAndBody[..(cut + 2)];
        var response = request.CreateResponse(status, toTag: "s" + ++_number);
        foreach (var line in head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            response.Headers.Add(HeaderName.Of(line[..colon]), line[(colon + 1)..].Trim());
        }

        if (response.Headers[HeaderName.ContentType] is { } type)
        {
            response.SetBody(type, Encoding.UTF8.GetBytes(headersAndBody[(cut + 4)..]));
        }

        if (!response.Headers.Contains(HeaderName.Contact) && status < 300)
        {
            response.Headers.Add(HeaderName.Contact, $"<{request.UriText}>");
        }

        return Task.FromResult<SipResponse?>(response);
    }

    /// <summary>Sends a request inside the dialog of that name (the newest one).</summary>
    public Task SendInDialogAsync(string dialog, string method, string headersAndBody = "\r\n") => _loop.InvokeAsync(async () =>
    {
        var (callId, of) = _dialogs.Last(pair => pair.Value.Name == dialog);
        await SendAsync(
            of.Flow,
            $"{method} {of.RemoteTarget} SIP/2.0",
            $"From: {of.LocalAddress}\r\nTo: {of.RemoteAddress}\r\nCall-ID: {callId}\r\nCSeq: {++of.CSeq} {method}\r\n{headersAndBody}",
            $"{method} {dialog}");
    });

    /// <summary>Sends an INVITE with an invitation to a user, as another user.</summary>
    public Task InviteAsync(string user, string callId, string body, string contentType = "application/ms-conf-invite+xml") => _loop.InvokeAsync(async () =>
    {
        var flow = _users[user];
        _dialogs[callId] = new("conf-invite", flow, $"<sip:alice@contoso.com>;tag=i{callId}", $"<sip:{user}@contoso.com>", $"sip:{user}@contoso.com", 1);
        await SendAsync(
            flow,
            $"INVITE sip:{user}@contoso.com SIP/2.0",
            $"From: <sip:alice@contoso.com>;tag=i{callId};epid=01010101\r\nTo: <sip:{user}@contoso.com>\r\nCall-ID: {callId}\r\nCSeq: 1 INVITE\r\n"
            + $"Contact: <sip:alice@contoso.com;opaque=user:epid:x;gruu>\r\nMs-Conversation-ID: conv-{callId}\r\nContent-Type: {contentType}\r\n\r\n{body}",
            "INVITE conf-invite");
    });

    /// <summary>Sends an INVITE for instant messages to a user, as another user.</summary>
    public Task InviteToMessagesAsync(string user, string callId, string headers = "", string from = "alice", string? contact = null) => _loop.InvokeAsync(async () =>
    {
        var flow = _users[user];
        _dialogs[callId] = new("im", flow, $"<sip:{from}@contoso.com>;tag=i{callId}", $"<sip:{user}@contoso.com>", $"sip:{user}@contoso.com", 1);
        await SendAsync(
            flow,
            $"INVITE sip:{user}@contoso.com SIP/2.0",
            $"From: \"{from}\"<sip:{from}@contoso.com>;tag=i{callId};epid=01010101\r\nTo: <sip:{user}@contoso.com>\r\nCall-ID: {callId}\r\nCSeq: 1 INVITE\r\n"
            + $"Contact: <{contact ?? $"sip:{from}@contoso.com;opaque=user:epid:x;gruu"}>\r\n{headers}Content-Type: application/sdp\r\n\r\n{Texts.MessageSdp}",
            "INVITE im");
    });

    /// <summary>Sends a MESSAGE outside any dialog, as a plain SIP client does.</summary>
    public Task PageAsync(string user, string text, string from = "alice", string contentType = "text/plain") => _loop.InvokeAsync(() => SendAsync(
        _users[user],
        $"MESSAGE sip:{user}@contoso.com SIP/2.0",
        $"From: <sip:{from}@contoso.com>;tag=p{++_number}\r\nTo: <sip:{user}@contoso.com>\r\nCall-ID: page{_number}\r\nCSeq: 1 MESSAGE\r\nContent-Type: {contentType}\r\n\r\n{text}",
        "MESSAGE"));

    /// <summary>Sends a NOTIFY outside any dialog.</summary>
    public Task NotifyAsync(string user, string eventPackage, string contentType, string body, string headers = "") => _loop.InvokeAsync(() => SendAsync(
        _users[user],
        $"NOTIFY sip:{user}@contoso.com SIP/2.0",
        $"From: <sip:{user}@contoso.com>;tag=registrar\r\nTo: <sip:{user}@contoso.com>\r\nCall-ID: notify\r\nCSeq: 1 NOTIFY\r\nEvent: {eventPackage}\r\n"
        + $"subscription-state: terminated;expires=0\r\n{headers}Content-Type: {contentType}\r\n\r\n{body}",
        "NOTIFY " + eventPackage));

    /// <summary>Sends a SUBSCRIBE, as servers do that send what one says to oneself back.</summary>
    public Task SubscribeAsync(string user, string eventPackage) => _loop.InvokeAsync(() => SendAsync(
        _users[user],
        $"SUBSCRIBE sip:{user}@contoso.com SIP/2.0",
        $"From: <sip:{user}@contoso.com>;tag=stray\r\nTo: <sip:{user}@contoso.com>\r\nCall-ID: stray{++_number}\r\nCSeq: 1 SUBSCRIBE\r\nEvent: {eventPackage}\r\n"
        + $"Contact: <sip:{user}@contoso.com>\r\nExpires: 0\r\n\r\n",
        "SUBSCRIBE " + eventPackage));

    /// <summary>Sends ACK or CANCEL of an INVITE that <see cref="InviteAsync"/> sent.</summary>
    public Task FollowInviteAsync(string callId, string method, string headers = "") => _loop.InvokeAsync(async () =>
    {
        var of = _dialogs[callId];
        await SendAsync(
            of.Flow,
            $"{method} {of.RemoteTarget} SIP/2.0",
            $"From: {of.LocalAddress}\r\nTo: {(method == "CANCEL" ? of.RemoteAddress.Split(";tag")[0] : of.RemoteAddress)}\r\nCall-ID: {callId}\r\nCSeq: 1 {method}\r\n{headers}\r\n",
            $"{method} {of.Name}",
            branch: "z9hG4bK" + callId);
    });

    /// <summary>Sends a provisional or late answer to a request received earlier.</summary>
    public Task RespondAsync(SipRequest request, int status, string headersAndBody = "\r\n") => _loop.InvokeAsync(async () =>
    {
        if (await Reply(request, status, headersAndBody) is { } response)
        {
            await SendResponseAsync(FlowOf(request), request, response);
        }
    });

    public Task CloseFlowAsync(string user) => _loop.InvokeAsync(() => _transport.CloseAsync(_users[user], CancellationToken.None));

    void ISipTransportEvents.FlowOpened(SipFlow flow)
    {
    }

    void ISipTransportEvents.FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error) => Log.Add($"{UserOf(flow)}: closed");

    void ISipTransportEvents.MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message) => _work.Start(() => OnMessageAsync(flow, message));

    private async Task OnMessageAsync(SipFlow flow, ReadOnlyMemory<byte> message)
    {
        if (!SipMessage.TryParse(message, SipLimits.Default, out var parsed, out var error))
        {
            throw new InvalidOperationException($"The client sent what cannot be read: {error}");
        }

        if (parsed is SipResponse answer)
        {
            Responses.Add(answer);
            if (_dialogs.TryGetValue(answer.CallId!, out var invited) && answer.To?.Tag is { } tag && !invited.RemoteAddress.Contains("tag", StringComparison.Ordinal))
            {
                invited.RemoteAddress += ";tag=" + tag;
                invited.RemoteTarget = answer.Contact?.Uri.Text ?? invited.RemoteTarget;
            }

            Log.Add($"{UserOf(flow)}: {answer.StatusCode} {answer.CSeq!.Method}{(invited is null ? "" : " " + invited.Name)}");
            return;
        }

        var request = (SipRequest)parsed!;
        if (request.Method == SipMethod.Register || !_users.ContainsKey(request.From!.Uri.User))
        {
            // Who comes back comes over a new flow.
            _users[request.From!.Uri.User] = flow;
        }

        var name = NameOf(request);
        Log.Add($"{UserOf(flow)}: {name}");
        Requests.Add((name, request));
        if (request.Method == SipMethod.Ack)
        {
            return;
        }

        var response = Answers.TryGetValue(name, out var script) ? await script(request) : await Reply(request, request.Method == SipMethod.Info ? 202 : 200);
        if (response is not null)
        {
            await SendResponseAsync(flow, request, response);
        }
    }

    private async Task<SipResponse?> AnswerAudioAsync(SipRequest request)
    {
        if (!SessionDescription.TryParse(request.Body, out var offer, out var error))
        {
            throw new InvalidOperationException($"The offer cannot be read: {error}");
        }

        var leg = new MediaSession(_loop, new SeededRandomSource(77), _media, new MediaSessionOptions());
        _legs.Add(leg);
        var answer = await leg.CreateAnswerAsync(offer);
        if (SendsMedia)
        {
            leg.Start();
        }

        return await Reply(request, 200, "Content-Type: application/sdp\r\n\r\n" + answer.ToText());
    }

    private async Task SendResponseAsync(SipFlow flow, SipRequest request, SipResponse response)
    {
        var name = NameOf(request);
        Log.Add($"server: {response.StatusCode} {name}");
        if (response.IsSuccess && (request.Method.IsInvite || request.Method == SipMethod.Subscribe) && request.To!.Tag is null)
        {
            _dialogs[request.CallId!] = new(
                name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..], flow, response.To!.ToString(), request.From!.ToString(), request.Contact!.Uri.Text, 100);
        }

        await _transport.SendAsync(flow, response.ToBytes(), CancellationToken.None);
    }

    private async Task SendAsync(SipFlow flow, string startLine, string headersAndBody, string name, string? branch = null)
    {
        var cut = headersAndBody.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var body = cut < 0 ? "" : headersAndBody[(cut + 4)..];
        var head = (cut < 0 ? headersAndBody : headersAndBody[..(cut + 2)]).TrimEnd('\r', '\n');
        Log.Add($"server: {name}");
        var via = branch ?? (startLine.StartsWith("INVITE ", StringComparison.Ordinal) ? "z9hG4bK" + CallIdOf(head) : $"z9hG4bK{++_number}");
        await _transport.SendAsync(
            flow,
            Encoding.UTF8.GetBytes(
                $"{startLine}\r\nVia: SIP/2.0/TCP server:5060;branch={via}\r\nMax-Forwards: 70\r\n{head}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"),
            CancellationToken.None);
    }

    private static string CallIdOf(string head)
    {
        const string Name = "Call-ID: ";
        var at = head.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        return head[at..head.IndexOf('\r', at)];
    }

    private string NameOf(SipRequest request)
    {
        var method = request.Method.Name;
        if (request.UriText.Contains(":locationprofile:", StringComparison.Ordinal))
        {
            return method + " locationprofile";
        }

        if ((request.Method == SipMethod.Info && request.ContentType == "application/cccp+xml") || request.Method == SipMethod.Service)
        {
            return $"{method} {(request.ContentType == "application/soap+xml" ? Texts.SoapCommandOf(request) : Texts.CommandOf(request))}";
        }

        if (_dialogs.TryGetValue(request.CallId!, out var dialog) && !request.Method.IsInvite && request.Method != SipMethod.Subscribe)
        {
            return $"{method} {dialog.Name}";
        }

        if (request.Method == SipMethod.Subscribe)
        {
            return $"{method} {request.Headers[HeaderName.Event]}";
        }

        var isInviteOrFollower = request.Method.IsInvite || request.Method == SipMethod.Cancel || request.Method == SipMethod.Ack;
        if (!isInviteOrFollower)
        {
            return method;
        }

        var kind = _invites.GetValueOrDefault(request.CallId!) is { } known ? known
            : request.UriText.Contains(":focus:", StringComparison.Ordinal) ? "focus"
            : request.UriText.Contains(":audio-video:", StringComparison.Ordinal) ? "audio-video"
            : request.UriText.Contains(":chat:", StringComparison.Ordinal) ? "chat"
            : request.BodyText.Contains("m=message", StringComparison.Ordinal) ? "im"
            : "conf-invite";
        _invites[request.CallId!] = kind;
        return $"{method} {kind}";
    }

    private SipFlow FlowOf(SipRequest request) => _users[request.From!.Uri.User];

    private string UserOf(SipFlow flow) => _users.FirstOrDefault(pair => pair.Value == flow).Key ?? "somebody";
}
