using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// An invitation to a conference, sent or received: one INVITE dialog (dialog 1) that ends as soon as it is answered. Joining the
/// conference is another matter, see <see cref="Conversation.JoinAsync"/>.
/// </summary>
public sealed class ConferenceInvitation
{
    private readonly ModelContext _context;
    private readonly ConferenceInvitationOptions _options;
    private readonly ConferencingInvitation _document;
    private readonly ObservableState<
        ConferenceInvitationState, ConferenceInvitationTrigger, ConferenceInvitationStateTransitionReason, ConferenceInvitationStateChange> _machine;

    private readonly Attempt _closing = Attempt.Begin(CancellationToken.None);
    private readonly SipUri _remote;
    private InviteSession? _session;
    private bool _hasRung;

    internal ConferenceInvitation(
        ModelContext context, Conversation conversation, ConferenceSession session, SipUri destination, ConferenceInvitationOptions options)
        : this(
            context,
            conversation,
            ConferenceInvitationState.Idle,
            destination,
            new ConferencingInvitation(session.ConferenceUri)
            {
                Subject = session.Subject,
                InstantMessaging = conversation.InstantMessageModality.State == ModalityState.Connected,
                Audio = options.Audio,
                ConversationId = options.ConversationId ?? conversation.Id,
            },
            options)
    {
    }

    internal ConferenceInvitation(
        ModelContext context, Conversation conversation, InviteSession session, SipUri inviter, ConferencingInvitation document)
        : this(context, conversation, ConferenceInvitationState.Incoming, inviter, document, new())
    {
        _session = session;
        session.StateChanged += OnIncomingChanged;
    }

    private ConferenceInvitation(
        ModelContext context,
        Conversation conversation,
        ConferenceInvitationState initial,
        SipUri remote,
        ConferencingInvitation document,
        ConferenceInvitationOptions options)
    {
        _context = context;
        _options = options;
        _document = document;
        _remote = remote;
        Conversation = conversation;
        IsIncoming = initial == ConferenceInvitationState.Incoming;
        _machine = new(context, ConferenceInvitationStates.Table, initial, Describe);
    }

    /// <summary>The conversation that takes place, or will take place, in the conference.</summary>
    public Conversation Conversation { get; }

    /// <summary>Whether it was received.</summary>
    public bool IsIncoming { get; }

    /// <summary>The other side: who is invited, or who invites.</summary>
    public string RemoteUri => _remote.Text;

    /// <summary>The address of the conference.</summary>
    public string ConferenceUri => _document.FocusUri;

    /// <summary>The subject of the conference; empty when there is none.</summary>
    public string Subject => _document.Subject ?? "";

    /// <summary>In which ways people talk in the conference.</summary>
    public ModalityTypes AvailableModalities =>
        (_document.InstantMessaging == true ? ModalityTypes.InstantMessage : ModalityTypes.None)
        | (_document.Audio == true || _document.Video == true ? ModalityTypes.AudioVideo : ModalityTypes.None)
        | (_document.ApplicationSharing == true ? ModalityTypes.ApplicationSharing : ModalityTypes.None);

    /// <summary>Where it stands.</summary>
    public ConferenceInvitationState State => _machine.State;

    /// <summary>Its changes, in order; the last leads to <see cref="ConferenceInvitationState.Terminated"/>.</summary>
    public IObservable<ConferenceInvitationStateChange> StateChanges => _machine.Changes;

    /// <summary>Cancelled when an answer is no longer wanted.</summary>
    internal CancellationToken Closing => _closing.Token;

    /// <summary>Waits until it is in the state; at once when it is.</summary>
    /// <exception cref="InvalidStateException">It ended first.</exception>
    public Task WaitForStateAsync(ConferenceInvitationState state, CancellationToken cancellationToken = default) =>
        _machine.WaitAsync(state, cancellationToken);

    /// <summary>
    /// Sends it and waits for the answer. A closed meeting is opened to the invited person first. When accepted, the dialog is ended in the
    /// background.
    /// </summary>
    /// <param name="cancellationToken">Takes it back (CANCEL); the task is cancelled when the outcome is known.</param>
    /// <exception cref="InvalidStateException">It is incoming, or was sent before.</exception>
    /// <exception cref="FailureResponseException">The person declined, is not there or did not answer in time.</exception>
    /// <exception cref="ConferenceFailureException">The closed meeting could not be opened to the person.</exception>
    public Task DeliverAsync(CancellationToken cancellationToken = default) => _context.Loop.InvokeAsync(async () =>
    {
        if (!Conversation.CanInvoke(ConversationAction.AddParticipant))
        {
            throw _machine.Refuse(nameof(DeliverAsync));
        }

        _machine.Demand(ConferenceInvitationTrigger.Deliver, nameof(DeliverAsync));
        Conversation.ConversationManager.Add(this);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            await OpenMeetingAsync(stop.Token);
            var response = await InviteAsync(stop.Token);
            SipException.ThrowIfRefused(response, "The invitation");
            End(ConferenceInvitationTrigger.Accept, null, sayGoodbye: !_context.Seams.KeepInvitationDialog);
        }
        catch (OperationCanceledException)
        {
            _machine.Fire(ConferenceInvitationTrigger.TerminateLocally);
            await FinishAsync(ConferenceInvitationTrigger.TerminateLocally, null, sayGoodbye: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        catch (Exception failure) when (failure is SipException or ConferenceFailureException)
        {
            End(ConferenceInvitationTrigger.FailDelivery, failure, sayGoodbye: false);
            throw failure as ConferenceFailureException ?? (Exception)new FailureResponseException("The invitation", failure);
        }
    });

    /// <summary>
    /// Accepts it: 200, then the inviter's acknowledgement. The conference is joined with <see cref="Conversation.JoinAsync"/> of
    /// <see cref="Conversation"/>. The inviter ends the dialog; where it does not within 32 s, this side does.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting for the acknowledgement; the acceptance stands.</param>
    /// <exception cref="InvalidStateException">It is not incoming, was answered before, or was taken back.</exception>
    /// <exception cref="FailureResponseException">The inviter did not acknowledge, or the connection was lost.</exception>
    public Task AcceptAsync(CancellationToken cancellationToken = default) => _context.Loop.InvokeAsync(() =>
    {
        RequireUnanswered(nameof(AcceptAsync));
        var accepting = AcceptCoreAsync(_session!);
        return _context.Loop.UntilAsync(accepting, cancellationToken);
    });

    /// <summary>Declines it.</summary>
    /// <param name="reason">How; default 603.</param>
    /// <param name="cancellationToken">Cancelled before the client gets to it, nothing is sent.</param>
    /// <exception cref="InvalidStateException">It is not incoming, was answered before, or was taken back.</exception>
    public Task DeclineAsync(
        ConferenceInvitationDeclineReason reason = ConferenceInvitationDeclineReason.Decline, CancellationToken cancellationToken = default) => _context.Loop.InvokeAsync(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireUnanswered(nameof(DeclineAsync));
        _session!.Reject(reason switch
        {
            ConferenceInvitationDeclineReason.Busy => StatusCode.BusyHere,
            ConferenceInvitationDeclineReason.Unavailable => StatusCode.TemporarilyUnavailable,
            _ => StatusCode.Decline,
        });
        return true;
    });

    /// <summary>Nobody has decided for too long: the caller gets 480.</summary>
    internal void GiveUp()
    {
        if (IsUnanswered)
        {
            _session!.Reject(StatusCode.TemporarilyUnavailable);
        }
    }

    /// <summary>Ends it whatever its state, because the conversation or the client ends; returns when the dialog is over.</summary>
    internal async Task CloseAsync()
    {
        _closing.CallOff(new OperationCanceledException("The conversation was ended."));
        GiveUp();

        if (!_machine.IsFinal)
        {
            await _machine.WaitAsync(ConferenceInvitationState.Terminated, CancellationToken.None);
        }
    }

    /// <summary>Whether an answer is still owed.</summary>
    internal bool IsUnanswered => IsIncoming && _session is { State: InviteState.Incoming };

    private async Task OpenMeetingAsync(CancellationToken cancellationToken)
    {
        if (Conversation.ConferenceSession is { AccessType: ConferenceAccessType.Closed } session)
        {
            await session.AdmitAsync(_remote.AddressOfRecord.Text, cancellationToken);
        }
    }

    private async Task<SipResponse> InviteAsync(CancellationToken cancellationToken)
    {
        var invite = Conversation.Connection.CreateRequest(SipMethod.Invite, _remote);
        invite.Headers.Add(HeaderName.Supported, "ms-sender");
        invite.Headers.Add(HeaderName.MsConversationId, _document.ConversationId!);
        invite.SetBody(ContentTypes.ConferencingInvitation, _document.ToBytes());
        var session = _session = Conversation.Connection.Endpoint.Invite(invite, new InviteOptions
        {
            Flow = Conversation.Connection.Flow,
            RingTimeout = _options.RingTimeout ?? _context.Options.RingTimeout,
        });
        var ranOutOfTime = false;
        session.StateChanged += change => ranOutOfTime |= change.Reason == InviteReason.NoAnswer;
        session.ProvisionalReceived += OnProvisional;
        var response = await _context.Loop.UntilAsync(session.Answer, cancellationToken);
        return ranOutOfTime ? throw new SipException(SipFailure.TimedOut, "Nobody answered the invitation in time.") : response;
    }

    private void OnProvisional(SipResponse response)
    {
        // UCMA raises Ringing once, however many endpoints ring.
        if (response.StatusCode == StatusCode.Ringing && !_hasRung)
        {
            _hasRung = true;
            _machine.TryFire(ConferenceInvitationTrigger.Ring);
        }
    }

    private async Task AcceptCoreAsync(InviteSession session)
    {
        var wasOffered = Conversation.IsOffered;
        Conversation.IsOffered = false;
        try
        {
            await session.AcceptAsync();
        }
        catch (SipException failure)
        {
            // The acceptance did not come about, so what was made for it goes as if the invitation had been taken back.
            End(ConferenceInvitationTrigger.TerminateRemotely, failure, sayGoodbye: false);
            Conversation.IsOffered = wasOffered;
            Conversation.ConversationManager.OnOfferEnded(Conversation);
            throw new FailureResponseException("Accepting the invitation", failure);
        }

        _machine.Fire(ConferenceInvitationTrigger.TerminateLocally);
        _context.Work.Start(() => AwaitGoodbyeAsync(session));
    }

    private async Task AwaitGoodbyeAsync(InviteSession session)
    {
        try
        {
            await _context.Loop.WithinAsync(session.Ended, Conversation.Connection.TransactionTimeout, "The inviter's BYE", _closing.Token);
        }
        catch (Exception waited) when (waited is TimeoutException or OperationCanceledException or SipException)
        {
            // Some inviters acknowledge and forget; then the invited side ends the dialog. Where the client had to close meanwhile, it is over.
        }

        await FinishAsync(ConferenceInvitationTrigger.TerminateLocally, null, sayGoodbye: true);
    }

    private void OnIncomingChanged(InviteStateChange change)
    {
        if (change is not { Previous: InviteState.Incoming, Current: InviteState.Terminated })
        {
            return;
        }

        var trigger = change.Reason == InviteReason.LocalReject ? ConferenceInvitationTrigger.TerminateLocally : ConferenceInvitationTrigger.TerminateRemotely;
        _closing.CallOff(new OperationCanceledException("The invitation is over."));
        End(trigger, null, sayGoodbye: false);
        Conversation.ConversationManager.OnOfferEnded(Conversation);
    }

    /// <summary>The outcome is known; the rest of the dialog is ended in the background.</summary>
    private void End(ConferenceInvitationTrigger trigger, Exception? cause, bool sayGoodbye)
    {
        _machine.Fire(trigger, cause);
        _context.Work.Start(() => FinishAsync(trigger, cause, sayGoodbye));
    }

    private async Task FinishAsync(ConferenceInvitationTrigger trigger, Exception? cause, bool sayGoodbye)
    {
        if (sayGoodbye && _session is { } session)
        {
            await Goodbye.SayAsync(_context, session);
        }

        _machine.Fire(trigger, cause);
        Conversation.ConversationManager.Remove(this);
    }

    private void RequireUnanswered(string operation)
    {
        if (!IsUnanswered)
        {
            throw _machine.Refuse(operation);
        }
    }

    private static ConferenceInvitationStateChange Describe(
        StateRow<ConferenceInvitationState, ConferenceInvitationTrigger, ConferenceInvitationStateTransitionReason> row, Exception? cause, DateTimeOffset when) =>
        new(row.From, row.To, row.Reason, cause, when);
}
