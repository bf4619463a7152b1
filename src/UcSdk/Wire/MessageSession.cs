using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// A session of instant messages: an INVITE dialog with <c>m=message</c>, in which MESSAGE carries texts and INFO says who types. The other side is a user's endpoint or
/// the IM MCU of a conference ([MS-CONFIM] §3).
/// </summary>
internal sealed class MessageSession : IMessageLeg
{
    // Over a reliable flow order is kept by the flow; over UDP only by waiting for each answer.
    private const int PipelinedMessages = 8;
    private readonly ModelContext _context;
    private readonly IMessageOwner _owner;
    private InviteSession? _session;
    private Task? _closing;
    private bool _isReported;

    public MessageSession(ModelContext context, IMessageOwner owner)
    {
        _context = context;
        _owner = owner;
    }

    public bool IsReady => _closing is null && _session is { State: InviteState.Confirmed or InviteState.Accepted };

    public bool IsSession => true;

    /// <summary>Whether the other side is the IM MCU of a conference.</summary>
    public bool IsConference { get; init; }

    /// <summary>The refusal of an INVITE of ours; null where there is none.</summary>
    public SipResponse? Refusal => _session is { IsIncoming: false, Answer: { IsCompletedSuccessfully: true, Result: { StatusCode: >= 300 } refusal } } ? refusal : null;

    /// <summary>True when nothing of it is left.</summary>
    public bool IsOver => _session is null or { State: InviteState.Terminated };

    /// <summary>Whose place the inviter has taken instead of this one, where it says so; null otherwise.</summary>
    public string? AcceptedBy { get; private set; }

    public int Window => _session is { Flow.IsReliable: true } ? PipelinedMessages : 1;

    public InstantMessageCapabilities Capabilities { get; private set; }

    /// <summary>Dials; ends when the answer is acknowledged.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="invite">The INVITE, without its body.</param>
    /// <param name="context">What goes into the body beside the session description; null for nothing.</param>
    /// <param name="cancellationToken">Stops waiting; the caller then closes.</param>
    /// <returns>Whether the other side has taken the first message out of the INVITE.</returns>
    /// <exception cref="SipException">Refused, no answer, or the flow was lost.</exception>
    /// <exception cref="TimeoutException">It rang for too long.</exception>
    public async Task<bool> InviteAsync(ServerConnection connection, SipRequest invite, BodyPart? context, CancellationToken cancellationToken)
    {
        var offer = MessageSdp.Write(connection.Flow, _context.Options.InstantMessageCapabilities);
        if (context is null)
        {
            invite.SetBody(SessionDescription.ContentType, offer);
        }
        else
        {
            invite.SetBody(MultipartWriter.Create("mixed", [new BodyPart(SessionDescription.ContentType, offer), context], _context.Random));
        }

        var session = connection.Endpoint.Invite(invite, new InviteOptions { Flow = connection.Flow, RingTimeout = _context.Options.RingTimeout });
        Take(session);
        session.ProvisionalReceived += _owner.OnProgress;
        var ranOutOfTime = false;
        session.StateChanged += change => ranOutOfTime |= change.Reason == InviteReason.NoAnswer;
        var response = await session.Answer.UntilAsync(cancellationToken);
        if (ranOutOfTime)
        {
            throw new TimeoutException("Nobody answered the invitation in time.");
        }

        SipException.ThrowIfRefused(response, "INVITE for instant messages");
        if (session.State != InviteState.Confirmed)
        {
            throw new SipException(SipFailure.Terminated, "The other side ended the session at once.");
        }

        Capabilities = MessageSdp.ReadCapabilities(response);
        return response.HasOption(HeaderName.Supported, "ms-text-format");
    }

    /// <summary>Accepts an INVITE; ends when it is acknowledged.</summary>
    /// <param name="session">The INVITE.</param>
    /// <param name="takesFirstMessage">Whether the first message in it is taken, so that the caller does not send it again.</param>
    /// <exception cref="SipException">No ACK came, or the session ended before it.</exception>
    public Task AcceptAsync(InviteSession session, bool takesFirstMessage)
    {
        Take(session);
        Capabilities = MessageSdp.ReadCapabilities(session.InitialRequest);
        return session.AcceptAsync(SessionDescription.ContentType, MessageSdp.Answer(session.Flow, _context.Options.InstantMessageCapabilities, session.InitialRequest), response =>
        {
            MessageInvite.AddSupported(response, _context.Options.InstantMessageCapabilities);
            if (takesFirstMessage)
            {
                response.Headers.Add(HeaderName.Supported, "ms-text-format");
            }
        });
    }

    public Task<SipResponse> SendAsync(MessageBody body) => SendAsync(SipMethod.Message, body.ContentType, body.Bytes);

    public Task<SipResponse> SendComposingAsync(bool isComposing) => SendAsync(SipMethod.Info, ContentTypes.Xml, KeyboardActivity.Of(isComposing).ToBytes());

    /// <summary>Waits until the other side ends it, or for the time.</summary>
    public async Task WaitForEndAsync(TimeSpan limit)
    {
        if (_session is { } session)
        {
            try
            {
                await _context.Loop.WithinAsync(session.Ended, limit, "The other side's BYE", CancellationToken.None);
            }
            catch (Exception waited) when (waited is TimeoutException or SipException)
            {
                // It is ended here then, or was by the client's end.
            }
        }
    }

    /// <summary>Tells the other side what the conversation is about.</summary>
    /// <exception cref="SipException">No answer comes.</exception>
    public Task<SipResponse> SendSubjectAsync(string from, string subject) =>
        SendAsync(SipMethod.Info, ContentTypes.ConversationInfo, new ConversationInfo { From = from, Subject = subject }.ToBytes());

    /// <summary>Says what an application has to say: an IM MCU hands MESSAGEs on, not INFOs.</summary>
    /// <exception cref="SipException">No answer comes.</exception>
    public Task<SipResponse> SendContextAsync(byte[] document) => SendAsync(IsConference ? SipMethod.Message : SipMethod.Info, ContentTypes.ConversationContext, document);

    public Task CloseAsync(bool sayGoodbye) => _closing ??= CloseCoreAsync(sayGoodbye);

    private async Task CloseCoreAsync(bool sayGoodbye)
    {
        _isReported = true;
        if (sayGoodbye && _session is { State: not InviteState.Terminated } session)
        {
            await Goodbye.SayAsync(_context, session);
        }
    }

    private void Take(InviteSession session)
    {
        _session = session;
        session.RequestReceived = OnRequest;
        session.StateChanged += OnChanged;
    }

    private Task<SipResponse> SendAsync(SipMethod method, string contentType, ReadOnlyMemory<byte> body)
    {
        if (!IsReady)
        {
            return Task.FromException<SipResponse>(new SipException(SipFailure.NoRoute, $"{method}: the session is over."));
        }

        var request = _session!.CreateRequest(method);
        request.SetBody(contentType, body);
        return _session.SendAsync(request);
    }

    private bool OnRequest(IncomingRequest incoming)
    {
        switch (incoming.Request.Method.Name)
        {
            case "MESSAGE":
                OnMessage(incoming);
                return true;
            case "INFO" or "NOTIFY" or "BENOTIFY":
                OnDocument(incoming);
                return true;
            case "INVITE" or "UPDATE":
                OnRefresh(incoming);
                return true;
            default:
                return false;
        }
    }

    // A refresh, or the other side has moved (RFC 3261 §14, RFC 4028 §7.4).
    private void OnRefresh(IncomingRequest incoming)
    {
        var request = incoming.Request;
        if (!request.Body.IsEmpty && !MessageSdp.IsOffer(request))
        {
            // Another medium instead of the messages: the session stays as it was (RFC 3261 §14.2).
            incoming.Respond(StatusCode.NotAcceptableHere);
            return;
        }

        Capabilities = request.Body.IsEmpty ? Capabilities : MessageSdp.ReadCapabilities(request);
        incoming.Respond(StatusCode.Ok, edit: response =>
        {
            if (!request.Body.IsEmpty || request.Method.IsInvite)
            {
                response.SetBody(SessionDescription.ContentType, MessageSdp.Answer(incoming.Flow, _context.Options.InstantMessageCapabilities, request));
            }
        });
    }

    private void OnMessage(IncomingRequest incoming)
    {
        var request = incoming.Request;
        if (!MessageBodies.IsMessage(request.ContentType))
        {
            OnDocument(incoming);
        }
        else if (MessageBodies.TryRead(request, _context.Options.InstantMessageCapabilities, out var content))
        {
            incoming.Respond(StatusCode.Ok);
            _owner.OnMessage(this, SenderOf(request), content);
        }
        else
        {
            RefuseType(incoming);
        }
    }

    private void OnDocument(IncomingRequest incoming)
    {
        var request = incoming.Request;
        if (!MessagingDocument.TryRead(request.Headers[HeaderName.ContentType], request.Body, out var document, out var error))
        {
            Log.UnreadableDocument(_context.Logger, error.ToString());
            RefuseType(incoming);
            return;
        }

        if (!incoming.IsAnswered)
        {
            // Who wants to lead a group without a server may not: here it is a conversation between two.
            var status = document is ConversationContext { Data.Length: > ContextData.MaxLength } ? StatusCode.RequestEntityTooLarge : StatusCode.Ok;
            incoming.Respond(status, edit: document is RosterManagerAction action
                ? response => response.SetBody(ContentTypes.RosterManager, action.Answer(isAllowed: false))
                : null);
        }

        switch (document)
        {
            case KeyboardActivity activity:
                _owner.OnComposing(this, SenderOf(request), activity.IsTyping, null);
                break;
            case IsComposing composing:
                _owner.OnComposing(this, SenderOf(request), composing.IsActive, composing.Lifetime);
                break;
            case InstantMessageDeliveryNotification report:
                _owner.OnReport(this, report);
                break;
            case ConversationContext context:
                _owner.OnContext(this, SenderOf(request), context);
                break;
            case ConversationInfo { Subject: { } subject } when !IsConference:
                _owner.OnSubject(subject);
                break;
        }
    }

    private static void RefuseType(IncomingRequest incoming)
    {
        if (!incoming.IsAnswered)
        {
            incoming.Respond(StatusCode.UnsupportedMediaType, edit: response => response.Headers.Add(HeaderName.Accept, MessageBodies.Accepted));
        }
    }

    // Between two it is the other side, whatever a message may claim.
    private SipUri? SenderOf(SipRequest request) => !IsConference ? null
        : request.Headers[MessageHeaders.Sender] is { } sender && NameAddr.TryParse(sender, out var address) ? address.Uri
        : request.From!.Uri;

    private void OnChanged(InviteStateChange change)
    {
        if (_isReported || change is not { Previous: InviteState.Confirmed or InviteState.Accepted, Current: InviteState.Terminated or InviteState.Terminating }
            || change.Reason == InviteReason.LocalBye)
        {
            return;
        }

        _isReported = true;
        var isTaken = AcceptedElsewhere.IsIn(_session!.PeerReasons, out var acceptedBy);
        AcceptedBy = acceptedBy;
        _owner.OnEnded(
            this,
            change.Reason == InviteReason.FlowLost ? ModalityTrigger.LoseConnection : isTaken && !IsConference ? ModalityTrigger.AnswerElsewhere : ModalityTrigger.DisconnectRemotely,
            null);
    }
}
