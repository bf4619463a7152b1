using UcSdk.Sip;

namespace UcSdk;

/// <content>The sessions: how they are made, taken over, given up and ended.</content>
public sealed partial class InstantMessageModality
{
    private readonly List<MessageSession> _sessions = [];
    private IMessageLeg? _leg;
    private Attempt? _attempt;
    private Task? _establishing;
    private Task _ending = Task.CompletedTask;

    internal int OpenSessions => _sessions.Count(session => !session.IsOver);

    /// <summary>Makes the session; the machine is <see cref="ModalityState.Connecting"/>, or <see cref="ModalityState.Connected"/> where one rested.</summary>
    internal Task EstablishAsync(JoinRun? run, CancellationToken cancellationToken) => _establishing = EstablishCoreAsync(run, cancellationToken);

    internal void OnParticipantLeft(Participant participant) => _typing.Clear(participant);

    /// <summary>Somebody is in the chat of the conference no longer.</summary>
    internal void OnChatterLeft(string uri)
    {
        _outbox.OnDeparted(uri);
        _reports.OnDeparted(uri);
    }

    /// <summary>Ends with the answer; nothing happens where there is no session to say it in.</summary>
    internal async Task TellSubjectAsync(string subject)
    {
        if (_leg is MessageSession { IsReady: true } session)
        {
            try
            {
                await session.SendSubjectAsync(Conversation.SelfParticipant.Uri, subject);
            }
            catch (SipException failure)
            {
                Log.UncleanEnd(Context.Logger, failure);
            }
        }
    }

    /// <summary>Ends whatever there is, by the given row or, when another end is on its way, with that.</summary>
    internal Task EndAsync(ModalityTrigger trigger, Exception? cause)
    {
        cause ??= CauseOf(trigger);
        RejectOffer(StatusCode.TemporarilyUnavailable);
        if (Machine.TryFire(trigger, cause))
        {
            _attempt?.CallOff(cause ?? new OperationCanceledException("The modality was disconnected."));
            _ending = FinishAsync(cause, sayGoodbye: State == ModalityState.Disconnecting);
        }

        return _ending;
    }

    private async Task FinishAsync(Exception? cause, bool sayGoodbye)
    {
        _leg = null;
        _outbox.Use(null);
        _outbox.GiveUp(DeliveryResult.NotSent(cause));
        Rest();
        await Task.WhenAll(_sessions.ToArray().Select(session => RetireAsync(session, sayGoodbye)));
        _reports.GiveUp();
        Machine.TryFire(ModalityTrigger.CompleteDisconnect);
    }

    // Nobody can be typing, or told of it, without a session.
    private void Rest()
    {
        _composing.End();
        _typing.ClearAll();
        _idle.SetDeadline(null);
    }

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
        if (!IsConference && Conversation.ConversationManager.TakesNoSessions(Conversation.Peer!))
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
                Conversation.ConversationManager.RememberPageMode(Conversation.Peer!);
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

    // What was in an INVITE that nobody refused may have been taken out of it.
    private static DeliveryResult OutcomeOf(MessageSession session, Exception failure) =>
        session.IsRefused && failure is SipException { Failure: SipFailure.Refused } refusal ? DeliveryResult.Of(refusal)
        : DeliveryResult.NotSent(failure) with { Outcome = session.IsRefused ? DeliveryOutcome.Failed : DeliveryOutcome.Unconfirmed };

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

    /// <summary>From now on messages go by this session. Where both sides have invited, both keep the one of the lower address.</summary>
    private void Adopt(MessageSession session, bool isOurs)
    {
        if (!_sessions.Contains(session))
        {
            _sessions.Add(session);
        }

        _wasConnected = true;
        var keepsOther = isOurs && _leg is MessageSession { IsReady: true, IsConference: false } && !session.IsConference && !IsLower(Conversation.Connection.User, Conversation.Peer!);
        var old = keepsOther ? session : _leg as MessageSession;
        _leg = keepsOther ? _leg : session;
        Touch();
        RefreshActions();
        if (old is not null && old != _leg)
        {
            Context.Work.Start(() => RetireAsync(old, sayGoodbye: true));
        }

        _outbox.Use(_leg);
    }

    private static bool IsLower(SipUri left, SipUri right) => string.CompareOrdinal(left.AddressOfRecord.Text, right.AddressOfRecord.Text) < 0;

    private async Task RetireAsync(MessageSession session, bool sayGoodbye)
    {
        await session.CloseAsync(sayGoodbye);
        _sessions.Remove(session);
    }

    private void OnLegLost(IMessageLeg leg)
    {
        if (leg is MessageSession session)
        {
            Context.Work.Start(() => RetireAsync(session, sayGoodbye: true));
        }

        if (leg == _leg)
        {
            _leg = null;
            Rest();
        }
    }

    /// <summary>Something happens in it: a session between two begins to rest anew.</summary>
    internal void Touch()
    {
        Conversation.OnActivity();
        _idle.SetDeadline(IsConference || !Conversation.Properties.AutoTerminateOnIdle ? null : Context.Loop.Now + Context.Options.InstantMessageIdleTime);
    }

    private void EndIdle()
    {
        if (!_outbox.IsEmpty)
        {
            Touch();
        }
        else if (_leg is MessageSession { IsConference: false } session)
        {
            _leg = null;
            _outbox.Use(null);
            Rest();
            Context.Work.Start(() => RetireAsync(session, sayGoodbye: true));
        }
    }

    // 606 with a Warning is what a server says that filters contents (wire: 309).
    private static bool WantsPageMode(Exception failure) => failure is SipException { Response: { } response } && (response.StatusCode
        is StatusCode.NotAcceptableHere or StatusCode.UnsupportedMediaType or StatusCode.NotImplemented or StatusCode.MethodNotAllowed
        || (response.StatusCode == 606 && !response.Headers.Contains(HeaderName.Warning)));

    private static SipException? CauseOf(ModalityTrigger trigger) => trigger switch
    {
        ModalityTrigger.DisconnectRemotely => new(SipFailure.Terminated, "The other side ended the session."),
        ModalityTrigger.EndConference => new(SipFailure.Terminated, "The conference ended."),
        ModalityTrigger.LoseConnection => new(SipFailure.FlowClosed, "The connection to the server was lost."),
        _ => null,
    };

    private static ModalityTrigger TriggerOf(Exception failure) => failure switch
    {
        SipException { Failure: SipFailure.Refused } => ModalityTrigger.Refuse,
        SipException { Failure: SipFailure.FlowClosed or SipFailure.NoRoute } => ModalityTrigger.LoseConnection,
        _ => ModalityTrigger.TimeOut,
    };
}
