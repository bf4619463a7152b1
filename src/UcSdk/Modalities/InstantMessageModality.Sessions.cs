using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <content>The sessions: how they are taken over, given up and ended.</content>
public sealed partial class InstantMessageModality
{
    private readonly List<MessageSession> _sessions = [];
    private IMessageLeg? _leg;
    private (MessageSession? Session, Timestamp Since) _ours;
    private Task _ending = Task.CompletedTask;

    internal int OpenSessions => _sessions.Count(session => !session.IsOver);

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
        _idle.Set(null);
    }

    /// <summary>From now on messages go by this session. Where both sides have invited, both keep the one of the lower address.</summary>
    private void Adopt(MessageSession session, bool isOurs)
    {
        if (!_sessions.Contains(session))
        {
            _sessions.Add(session);
        }

        _wasConnected = true;
        var keepsOther = _leg is MessageSession { IsReady: true, IsConference: false } && !session.IsConference && (isOurs ? !IsLower() : IsLower() && IsFresh(_leg));
        var old = keepsOther ? session : _leg as MessageSession;
        _leg = keepsOther ? _leg : session;
        _ours = isOurs ? (session, Context.Loop.Now) : _ours;
        RestLater();
        RefreshActions();
        if (old is not null && old != _leg)
        {
            Context.Work.Start(() => RetireAsync(old, sayGoodbye: true));
        }

        _outbox.Use(_leg);
    }

    private bool IsLower() => string.CompareOrdinal(Conversation.Connection.User.AddressOfRecord.Text, Conversation.Peer!.AddressOfRecord.Text) < 0;

    // An INVITE of the other side that crossed this side's may come as long after its answer as a network repeats requests.
    private bool IsFresh(IMessageLeg leg) => leg == _ours.Session && Context.Loop.Now - _ours.Since < Conversation.Connection.TransactionTimeout;

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
            if (leg is MessageSession { IsConference: true })
            {
                _reports.GiveUp();
                // The others go on talking there, and would not be heard.
                OnStarved();
            }
        }
    }

    /// <summary>Somebody writes or types.</summary>
    private void Touch()
    {
        Conversation.OnActivity();
        RestLater();
    }

    /// <summary>A session between two begins to rest anew.</summary>
    internal void RestLater()
    {
        _idle.Set(IsConference || !Conversation.Properties.AutoTerminateOnIdle ? null : Context.Loop.Now + Context.Options.InstantMessageIdleTime);
    }

    private void EndIdle()
    {
        if (!_outbox.IsEmpty || _composing.IsActive)
        {
            RestLater();
        }
        else if (_leg is MessageSession { IsConference: false } session)
        {
            _leg = null;
            _outbox.Use(null);
            Rest();
            Context.Work.Start(() => RetireAsync(session, sayGoodbye: true));
        }
    }

    private static SipException? CauseOf(ModalityTrigger trigger) => trigger switch
    {
        ModalityTrigger.DisconnectRemotely => new(SipFailure.Terminated, "The other side ended the session."),
        ModalityTrigger.EndConference => new(SipFailure.Terminated, "The conference ended."),
        ModalityTrigger.LoseConnection => new(SipFailure.FlowClosed, "The connection to the server was lost."),
        _ => null,
    };
}
