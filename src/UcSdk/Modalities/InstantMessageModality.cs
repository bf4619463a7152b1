using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Instant messages of a conversation: with one other person through a session between the two clients, in a conference through its IM MCU ([MS-CONFIM]). It is
/// connected by the first message. A session in which nobody writes is ended after a while and made anew with the next message; nobody notices.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The conversation completes it when it ends, and that disposes its timer.")]
public sealed partial class InstantMessageModality : Modality
{
    private readonly ChangeStream<InstantMessage> _messages;
    private readonly ChangeStream<MessageDelivery> _deliveries;
    private readonly ChangeStream<InvitationProgress> _progress;
    private readonly Outbox _outbox;
    private readonly DeliveryReports _reports;
    private readonly TypingWatch _typing;
    private readonly Composing _composing;
    private readonly SharedTimer _timer;
    private readonly SharedDeadline _idle;
    private long _number;
    private bool _isCompleted;

    internal InstantMessageModality(ModelContext context, Conversation conversation)
        : base(context, conversation, InstantMessageModalityStates.Table)
    {
        _messages = new(context.Observers, "InstantMessages");
        _deliveries = new(context.Observers, "MessageDeliveries");
        _progress = new(context.Observers, "InvitationProgress");
        TypingParticipants = new(context.Observers, "TypingParticipants");
        _timer = new(context.Loop);
        _typing = new(context, _timer, TypingParticipants);
        _composing = new(context, _timer, () => _leg);
        _idle = _timer.Add(EndIdle);
        _outbox = new(context) { Starved = OnStarved, Address = Address, LegLost = OnLegLost, Defer = Defer, Settled = OnSettled };
        _reports = new(context, _timer, OnReported);
    }

    /// <inheritdoc/>
    public override ModalityTypes Type => ModalityTypes.InstantMessage;

    /// <summary>Every message of the conversation, received and sent here, in the order in which it came or was given to be sent. Ends when the conversation does.</summary>
    public IObservable<InstantMessage> Messages => _messages;

    /// <summary>What became of each message sent here, as <see cref="SendMessageAsync(InstantMessageContent, CancellationToken)"/> gives it. Ends when the conversation has, with the last of them.</summary>
    public IObservable<MessageDelivery> Deliveries => _deliveries;

    /// <summary>
    /// What servers and the other side say of an invitation of ours while nobody has answered it: that it rings, or how it is being routed. Ends when the conversation does.
    /// </summary>
    public IObservable<InvitationProgress> InvitationProgress => _progress;

    /// <summary>
    /// Who of the others types. Whoever stops, sends a message or is not heard of for 15 s (with plain SIP clients: for as long as they say, RFC 3994 §3.2) is removed.
    /// </summary>
    public ObservableList<Participant> TypingParticipants { get; }

    /// <summary>Whether the others are told that the user types.</summary>
    public bool IsComposing => _composing.IsActive;

    /// <summary>What the other side can show beside plain text; what it cannot is left out of messages to it. Nothing while there is no session.</summary>
    public InstantMessageCapabilities Capabilities => _leg?.Capabilities ?? InstantMessageCapabilities.None;

    internal InstantMessageCapabilities CapabilitiesOf(Participant participant) =>
        _leg is { IsReady: true } and not MessageSession { IsConference: true } && Conversation.IsPeer(participant) ? Capabilities : InstantMessageCapabilities.None;

    /// <inheritdoc/>
    public override InvitationInfo? Invitation => _invitation;

    // While the conversation becomes a conference, messages go to the peer as before.
    private bool SendsToConference => _leg is MessageSession session ? session.IsConference : _leg is null && IsConference && !Conversation.IsMoving;

    private bool IsConference => Conversation.ConferenceSession is not null;

    /// <summary>Sends plain text, see <see cref="SendMessageAsync(InstantMessageContent, CancellationToken)"/>.</summary>
    /// <param name="text">The text; not empty, at most <see cref="InstantMessageContent.MaxLength"/> characters.</param>
    /// <param name="cancellationToken">Stops waiting for the outcome; the message goes on.</param>
    /// <exception cref="ArgumentException">The text is empty or too long.</exception>
    /// <exception cref="InvalidStateException"><see cref="ModalityAction.SendInstantMessage"/> cannot be invoked now.</exception>
    public Task<MessageDelivery> SendMessageAsync(string text, CancellationToken cancellationToken = default) =>
        SendMessageAsync(new InstantMessageContent(text), cancellationToken);

    /// <summary>
    /// Sends a message to everybody in the conversation, and connects before where that is needed: the first message travels in the invitation. Messages arrive in the
    /// order of these calls. What a recipient's client refuses, or what is not known to have arrived, is no exception but an outcome.
    /// </summary>
    /// <param name="content">What to say.</param>
    /// <param name="cancellationToken">Stops waiting for the outcome; the message goes on.</param>
    /// <returns>What became of it at each recipient, as soon as that is known.</returns>
    /// <exception cref="InvalidStateException"><see cref="ModalityAction.SendInstantMessage"/> cannot be invoked now.</exception>
    public Task<MessageDelivery> SendMessageAsync(InstantMessageContent content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Context.Loop.IsCurrent ? SendOnLoopAsync(content, cancellationToken) : PostMessageAsync(content, cancellationToken);
    }

    /// <summary>
    /// Tells the others whether the user types. It is repeated while it holds, and ends with a message, with false, or a minute after the last call with true: call
    /// it again while the user goes on. Where there is no session yet, nobody is told.
    /// </summary>
    /// <param name="isComposing">Whether the user types.</param>
    /// <param name="cancellationToken">Stops waiting; the others are told nevertheless.</param>
    /// <exception cref="InvalidStateException"><see cref="ModalityAction.SetIsTyping"/> cannot be invoked now.</exception>
    public Task SetComposingAsync(bool isComposing, CancellationToken cancellationToken = default) => Context.Loop.InvokeAsync(() =>
    {
        if (!CanInvoke(ModalityAction.SetIsTyping))
        {
            throw Machine.Refuse(nameof(SetComposingAsync));
        }

        return _composing.SetAsync(isComposing).UntilAsync(cancellationToken);
    });

    /// <inheritdoc/>
    public override Task ConnectAsync(CancellationToken cancellationToken = default) => Context.Loop.InvokeAsync(async () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!CanInvoke(ModalityAction.Connect))
        {
            throw Machine.Refuse(nameof(ConnectAsync));
        }

        Machine.Fire(ModalityTrigger.Connect);
        await EstablishAsync(null, cancellationToken);
    });

    /// <inheritdoc/>
    public override Task DisconnectAsync(CancellationToken cancellationToken = default) =>
        Context.Loop.InvokeAsync(() => EndAsync(ModalityTrigger.Disconnect, null).UntilAsync(cancellationToken));

    internal override void Complete()
    {
        base.Complete();
        _messages.Complete();
        _progress.Complete();
        _isCompleted = true;
        // An answer may have come while the sessions were being ended; its report never will.
        _reports.GiveUp();
        CompleteDeliveries();
        TypingParticipants.Complete();
        _timer.Dispose();
    }

    private protected override bool CanConnect => !Conversation.IsMoving && CanSend;

    private bool CanSend => IsConference && !Conversation.IsMoving
        ? Conversation.ConferenceSession is { State: ConferenceSessionState.Connected }
        : Conversation is { IsFinishing: false, Peer: not null, Connection.IsOpen: true };

    private protected override bool CanDo(ModalityAction action) => action switch
    {
        ModalityAction.SendInstantMessage => State is ModalityState.Disconnected or ModalityState.Connecting or ModalityState.Connected && CanSend,
        ModalityAction.SetIsTyping => State == ModalityState.Connected && CanSend,
        _ => false,
    };

    private protected override bool IsOffered => _offer is not null;

    private protected override ModalityStateChange Describe(
        StateRow<ModalityState, ModalityTrigger, ModalityStateChangeReason> row, Exception? cause, DateTimeOffset when) =>
        new(row.From, row.To, row.Reason, cause, when, null) { AcceptedBy = row.Reason == ModalityStateChangeReason.AnsweredElsewhere ? _acceptedBy : null };

    private void Show(InstantMessage message)
    {
        _messages.Publish(message);
        Conversation.ConversationManager.Show(message);
        Context.History?.Add(message);
    }

    private Task<MessageDelivery> PostMessageAsync(InstantMessageContent content, CancellationToken cancellationToken) =>
        Context.Loop.InvokeAsync(() => SendOnLoopAsync(content, cancellationToken));

    private Task<MessageDelivery> SendOnLoopAsync(InstantMessageContent content, CancellationToken cancellationToken)
    {
        if (!CanInvoke(ModalityAction.SendInstantMessage))
        {
            throw Machine.Refuse(nameof(SendMessageAsync));
        }

        var message = new InstantMessage(Context.Random.NextHex(8), Conversation.SelfParticipant, content, InstantMessageDirection.Outgoing, Context.WallClock);
        var toConference = SendsToConference;
        var outgoing = new OutgoingMessage(message, Conversation.RecipientsOfMessages(toConference), toConference, _number++);
        Show(message);
        _composing.End();
        Touch();
        Machine.TryFire(ModalityTrigger.Connect);
        _outbox.Add(outgoing);
        return outgoing.Outcome.UntilAsync(cancellationToken);
    }

    private void OnSettled(MessageDelivery delivery)
    {
        _deliveries.Publish(delivery);
        Context.History?.Settle(delivery);
        CompleteDeliveries();
    }

    // What was on its way when the conversation ended gets its outcome, and then there are no more.
    private void CompleteDeliveries()
    {
        if (_isCompleted && _outbox.IsEmpty && _reports.IsEmpty)
        {
            _deliveries.Complete();
        }
    }

    private bool Defer(OutgoingMessage message, IMessageLeg leg, SipResponse response) => AwaitsReports(leg) && _reports.Await(message, response);

    // Of what another session accepted nothing is heard any more.
    private bool AwaitsReports(IMessageLeg leg) => !_isCompleted && leg == _leg && leg is MessageSession { IsConference: true };
}
