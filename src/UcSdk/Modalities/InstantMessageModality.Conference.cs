namespace UcSdk;

/// <content>The way from two people to a conference, and back where that fails.</content>
public sealed partial class InstantMessageModality
{
    private IMessageLeg? _peerLeg;
    private MessageSession? _conferenceLeg;

    /// <summary>Dials the IM MCU as a part of joining the conference.</summary>
    internal async Task DialAsync(JoinRun run, CancellationToken cancellationToken)
    {
        // A first message that is on its way to the other person comes to its end first; how is not this one's matter.
        while (_establishing is { IsCompleted: false } inviting)
        {
            try
            {
                await Context.Loop.UntilAsync(inviting, cancellationToken);
            }
            catch (Exception failure) when (failure is LyncClientException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                Log.UncleanEnd(Context.Logger, failure);
            }
        }

        if (_leg is null && !Machine.TryFire(ModalityTrigger.Connect) && State != ModalityState.Connected)
        {
            throw new ConferenceFailureException(ConferenceStage.InstantMessages, "the instant messages are being disconnected");
        }

        await EstablishAsync(run, cancellationToken);
    }

    /// <summary>True while messages go to the other person, and the conference is there already.</summary>
    internal bool StaysWithPeer => _peerLeg is not null;

    /// <summary>Ends the part that the conference has; between two it goes on where it did before.</summary>
    internal Task LeaveConferenceAsync(Exception failure)
    {
        if (Conversation.Peer is null || State == ModalityState.Connecting)
        {
            return EndAsync(ModalityTrigger.Disconnect, failure);
        }

        _attempt?.CallOff(failure);
        var conference = _sessions.Where(session => session.IsConference).ToArray();
        _leg = _peerLeg ?? (_leg is MessageSession { IsConference: true } ? null : _leg);
        _peerLeg = null;
        _conferenceLeg = null;
        _outbox.Use(_leg);
        return Task.WhenAll(conference.Select(session => RetireAsync(session, sayGoodbye: true)));
    }

    /// <summary>The other side is in the conference: from now on messages go there, and the session between the two ends.</summary>
    /// <param name="sayGoodbye">Whether this side ends it; otherwise the other side does, which may have messages on their way in it.</param>
    internal void LeavePeer(bool sayGoodbye)
    {
        if (_peerLeg is not { } peer)
        {
            return;
        }

        _peerLeg = null;
        _leg = _conferenceLeg;
        _outbox.Use(_leg);
        if (peer is MessageSession session)
        {
            Context.Work.Start(async () =>
            {
                if (!sayGoodbye)
                {
                    await session.WaitForEndAsync(Conversation.Connection.TransactionTimeout);
                }

                await RetireAsync(session, sayGoodbye: true);
            });
        }
    }

    // What two have between them goes on until both are in the conference.
    private void AdoptConference(MessageSession session)
    {
        _conferenceLeg = session;
        if (_leg is { IsReady: true } and not MessageSession { IsConference: true })
        {
            _peerLeg = _leg;
            return;
        }

        _leg = session;
        _idle.SetDeadline(null);
        RefreshActions();
        _outbox.Use(_leg);
    }
}
