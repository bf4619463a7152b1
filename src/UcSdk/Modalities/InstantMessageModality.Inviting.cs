using UcSdk.Sip;

namespace UcSdk;

/// <content>How sessions are made: the invitation, its message, and what becomes of both.</content>
public sealed partial class InstantMessageModality
{
    private Attempt? _attempt;
    private Task? _establishing;

    /// <summary>Makes the session; the machine is <see cref="ModalityState.Connecting"/>, or <see cref="ModalityState.Connected"/> where one rested.</summary>
    internal Task EstablishAsync(JoinRun? run, CancellationToken cancellationToken) => _establishing = EstablishCoreAsync(run, cancellationToken);

    private void OnStarved()
    {
        if (_establishing is { IsCompleted: false } || Conversation.IsMoving)
        {
            // While the conversation becomes a conference, what cannot go to the other person waits for them there.
            return;
        }

        if (State == ModalityState.Disconnected && !IsConference)
        {
            // It was ended while messages were on their way, and they came back.
            Machine.TryFire(ModalityTrigger.Connect);
        }

        if (!CanConnect || State is not (ModalityState.Connecting or ModalityState.Connected))
        {
            _outbox.GiveUp(DeliveryResult.NotSent(CauseOf(ModalityTrigger.DisconnectRemotely)));
            return;
        }

        Context.Work.Start(async () =>
        {
            try
            {
                await EstablishAsync(null, CancellationToken.None);
            }
            catch (Exception failure) when (failure is LyncClientException or OperationCanceledException)
            {
                // The outcomes of the messages and the change of state say it.
            }
        });
    }

    private async Task EstablishCoreAsync(JoinRun? run, CancellationToken cancellationToken)
    {
        if (!IsConference && Conversation.ConversationManager.PageModeUsers.Contains(Conversation.Peer!))
        {
            UsePageMode();
            return;
        }

        using var attempt = _attempt = Attempt.Begin(cancellationToken);
        var isConference = _dialsConference = IsConference;
        var connection = Conversation.Connection;
        var session = new MessageSession(Context, this) { IsConference = isConference };
        _sessions.Add(session);
        var first = isConference ? null : _outbox.TakeFirst(session);
        try
        {
            run?.Begin(ConferenceStage.InstantMessages);
            var invite = isConference
                ? MessageInvite.ToConference(connection, Conversation.McuOf(Documents.ConferenceEntityTypes.Chat), Conversation.Id)
                : MessageInvite.ToUser(connection, Conversation.Peer!, Conversation, first?.Message.Content);
            var isTaken = await session.InviteAsync(connection, invite, isConference ? null : MessageInvite.ContextOf(connection, Conversation, Context), attempt.Token);
            attempt.Token.ThrowIfCancellationRequested();
            run?.Complete(ConferenceStage.InstantMessages);
            SettleFirst(first, isTaken ? new(DeliveryOutcome.Delivered, StatusCode.Ok, StatusCode.ReasonPhrase(StatusCode.Ok), null) : null);
            _establishing = null;
            Machine.TryFire(ModalityTrigger.Answer);
            if (isConference)
            {
                AdoptConference(session);
            }
            else
            {
                Conversation.OnInitialContextSent();
                Adopt(session, isOurs: true);
            }
        }
        catch (Exception thrown) when (thrown is SipException or OperationCanceledException or TimeoutException)
        {
            _establishing = null;
            var failure = attempt.Explain(thrown);
            await RetireAsync(session, sayGoodbye: true);
            if (!isConference && WantsPageMode(failure))
            {
                SettleFirst(first, null);
                Conversation.ConversationManager.PageModeUsers.Add(Conversation.Peer!);
                UsePageMode();
                return;
            }

            if (isConference && (_leg is { IsReady: true } || (Conversation.IsMoving && (State == ModalityState.Connected || !_outbox.IsEmpty))))
            {
                // What the two have between them goes on.
                throw failure is OperationCanceledException ? failure : new ConferenceFailureException(ConferenceStage.InstantMessages, failure);
            }

            if (_leg is { IsReady: true } && State == ModalityState.Connected)
            {
                // The other side's INVITE, which crossed this one, has been accepted meanwhile.
                var outcome = OutcomeOf(session, failure);
                SettleFirst(first, outcome.Outcome == DeliveryOutcome.Failed ? null : outcome);
                _outbox.Use(_leg);
                return;
            }

            SettleFirst(first, OutcomeOf(session, failure));
            _outbox.GiveUp(DeliveryResult.NotSent(failure));
            if (attempt.Cause is null)
            {
                await (failure is OperationCanceledException ? EndAsync(ModalityTrigger.Disconnect, failure) : FailAsync(failure));
            }
            else
            {
                await _ending;
            }

            throw failure is OperationCanceledException ? failure
                : isConference ? new ConferenceFailureException(ConferenceStage.InstantMessages, failure)
                : new FailureResponseException("The invitation", failure);
        }
        finally
        {
            _attempt = null;
            _dialsConference = false;
        }
    }

    private Task FailAsync(Exception failure)
    {
        Machine.TryFire(TriggerOf(failure), failure);
        Rest();
        return Task.CompletedTask;
    }

    // What was in an INVITE that nobody refused may have been taken out of it. The refusal says what became of it, whatever ended the waiting for it.
    private static DeliveryResult OutcomeOf(MessageSession session, Exception failure) => session.Refusal switch
    {
        null => DeliveryResult.NotSent(failure) with { Outcome = DeliveryOutcome.Unconfirmed },
        _ when failure is SipException { Failure: SipFailure.Refused } refusal => DeliveryResult.Of(refusal),
        { } refusal => DeliveryResult.NotSent(failure) with { Outcome = DeliveryResult.OutcomeOf(refusal.StatusCode) },
    };

    // Null puts it back: it has to be sent in the session.
    private void SettleFirst(OutgoingMessage? first, DeliveryResult? result)
    {
        if (first is not null && result is { } known)
        {
            _outbox.Settle(first, known);
        }
        else if (first is not null)
        {
            _outbox.Return(first);
        }
    }

    private void UsePageMode()
    {
        _establishing = null;
        Machine.TryFire(ModalityTrigger.UsePageMode);
        _leg = new PageMode(Conversation.Connection, Conversation.Peer!);
        _wasConnected = true;
        _outbox.Use(_leg);
    }

    // 606 with a Warning is what a server says that filters contents (wire: 309).
    private static bool WantsPageMode(Exception failure) => failure is SipException { Response: { } response } && (response.StatusCode
        is StatusCode.NotAcceptableHere or StatusCode.UnsupportedMediaType or StatusCode.NotImplemented or StatusCode.MethodNotAllowed
        || (response.StatusCode == 606 && !response.Headers.Contains(HeaderName.Warning)));

    private static ModalityTrigger TriggerOf(Exception failure) => failure switch
    {
        SipException { Failure: SipFailure.Refused } => ModalityTrigger.Refuse,
        SipException { Failure: SipFailure.FlowClosed or SipFailure.NoRoute } => ModalityTrigger.LoseConnection,
        _ => ModalityTrigger.TimeOut,
    };
}
