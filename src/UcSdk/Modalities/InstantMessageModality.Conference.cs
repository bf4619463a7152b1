using UcSdk.Core;

namespace UcSdk;

/// <content>The way from two people to a conference, and back where that fails.</content>
public sealed partial class InstantMessageModality
{
    private MessageSession? _conferenceLeg;
    private MessageSession? _reserve;
    private bool _dialsConference;
    private bool _wasLeft;

    /// <summary>Dials the IM MCU as a part of joining the conference.</summary>
    internal async Task DialAsync(JoinRun run, CancellationToken cancellationToken)
    {
        // A first message that is on its way to the other person comes to its end first; how is not this one's matter.
        while (_establishing is { IsCompleted: false } inviting)
        {
            try
            {
                await inviting.UntilAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is LyncClientException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                Log.UncleanEnd(Context.Logger, failure);
            }
        }

        if (State is ModalityState.Disconnecting or ModalityState.Notified)
        {
            throw new ConferenceFailureException(ConferenceStage.InstantMessages, "the instant messages are being disconnected");
        }

        if (_leg is null)
        {
            Machine.TryFire(ModalityTrigger.Connect);
        }

        await EstablishAsync(run, cancellationToken);
    }

    /// <summary>True for a while after the other side was followed to its conference: the session between the two is there, and with it the way back.</summary>
    internal bool KeepsPeer => _reserve is { IsReady: true };

    /// <summary>Ends the part that the conference has; between two it goes on where it did before.</summary>
    internal Task LeaveConferenceAsync(Exception failure)
    {
        var hasNothing = _outbox.IsEmpty && (State == ModalityState.Connecting || !_wasConnected);
        var isBetweenTwo = Conversation.IsMoving || _leg is { IsReady: true } and not MessageSession { IsConference: true };
        if (Conversation.Peer is null || hasNothing || !isBetweenTwo)
        {
            return EndAsync(ModalityTrigger.Disconnect, failure);
        }

        if (_dialsConference)
        {
            _attempt?.CallOff(failure);
        }

        var conference = _sessions.Where(session => session.IsConference).ToArray();
        if (_leg is MessageSession { IsConference: true })
        {
            _leg = _reserve;
        }

        _reserve = null;
        _conferenceLeg = null;
        _outbox.Use(_leg);
        _reports.GiveUp();
        return Task.WhenAll(conference.Select(session => RetireAsync(session, sayGoodbye: true)));
    }

    /// <summary>The conversation is a conference: from now on messages go there, and the session between the two ends.</summary>
    /// <param name="sayGoodbye">Whether this side ends it; otherwise the other side does, which may have messages on their way in it.</param>
    /// <param name="isPeerThere">Whether the other person is in the chat; what has waited for them is failed where not.</param>
    internal void EnterConference(bool sayGoodbye, bool isPeerThere)
    {
        var peer = _leg as MessageSession;
        _wasLeft = false;
        _leg = _conferenceLeg;
        _conferenceLeg = null;
        _idle.Set(null);
        if (!isPeerThere)
        {
            _outbox.GiveUp(new(DeliveryOutcome.Failed, Sip.StatusCode.TemporarilyUnavailable, "Not in the chat of the conference", null));
        }

        RefreshActions();
        _outbox.Use(_leg);
        if (peer is not null)
        {
            _reserve = sayGoodbye ? null : peer;
            Context.Work.Start(() => LeavePeerAsync(peer, sayGoodbye));
        }
    }

    /// <summary>The conversation has not become a conference: it goes on as before.</summary>
    internal void StayWithPeer()
    {
        if (_wasLeft && _leg is null)
        {
            Machine.TryFire(ModalityTrigger.DisconnectRemotely, CauseOf(ModalityTrigger.DisconnectRemotely));
        }

        _wasLeft = false;
        if (_leg is not null)
        {
            RestLater();
        }

        _outbox.Use(_leg);
    }

    private async Task LeavePeerAsync(MessageSession session, bool sayGoodbye)
    {
        if (!sayGoodbye)
        {
            await session.WaitForEndAsync(Conversation.Connection.TransactionTimeout);
            if (_leg == session)
            {
                // The conference has failed meanwhile.
                return;
            }

            _reserve = _reserve == session ? null : _reserve;
        }

        await RetireAsync(session, sayGoodbye: true);
    }

    // While the conversation becomes a conference, messages go by what two have between them, or wait.
    private void AdoptConference(MessageSession session)
    {
        if (Conversation.IsMoving)
        {
            _conferenceLeg = session;
            return;
        }

        var old = _leg as MessageSession;
        _leg = session;
        _idle.Set(null);
        RefreshActions();
        _outbox.Use(_leg);
        if (old is not null)
        {
            // The application has made the conference itself, and says to the other person what it wants of them.
            Context.Work.Start(() => RetireAsync(old, sayGoodbye: true));
        }
    }

    // Who has a message is known when it is sent: it may have waited while the conversation became a conference, or came back from one.
    private void Address(OutgoingMessage message, IMessageLeg leg)
    {
        var toConference = leg is MessageSession { IsConference: true };
        if (message.IsToConference != toConference)
        {
            message.Readdress(Conversation.RecipientsOfMessages(toConference), toConference);
        }
    }
}
