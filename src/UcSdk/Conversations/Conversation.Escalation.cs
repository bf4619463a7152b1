using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <content>
/// From two people to a conference. Who begins it makes the conference, joins it, invites the other and waits for them; the other follows. While it is on its way, messages go
/// by the session between the two, or wait; what fails is taken down whole, and the conversation is between two as before.
/// </content>
public sealed partial class Conversation
{
    // A peer that has accepted the invitation and is not seen in the chat may be one that talks in other ways only.
    private static readonly TimeSpan PeerPatience = TimeSpan.FromSeconds(30);
    private Attempt? _move;
    private TaskCompletionSource? _peerMoved;
    private TaskCompletionSource? _peerLeads;
    private Task _escalating = Task.CompletedTask;
    private Task _leading = Task.CompletedTask;
    private Task _following = Task.CompletedTask;

    /// <summary>True while a conversation between two is on its way to a conference, or back.</summary>
    internal bool IsMoving => _move is not null;

    /// <summary>Whether a conversation between two can become a conference, because the user wants it to.</summary>
    internal bool CanEscalate => IsBetweenTwo && ConferenceSession is null && !IsMoving && Connection is { IsOpen: true, FocusFactoryUri: not null };

    /// <summary>Whether the other person, who makes it a conference, is followed there without a question. Where both make one, that of the lower address counts.</summary>
    internal bool FollowsPeer => !IsFinishing && _following.IsCompleted && InstantMessageModality is { IsFamiliar: true, State: not (ModalityState.Notified or ModalityState.Disconnecting) }
        && (!_leading.IsCompleted ? !LeadsPeer : ConferenceSession is null);

    /// <summary>Whether both make it a conference at this moment, and this side's counts.</summary>
    internal bool LeadsPeer => !_leading.IsCompleted && string.CompareOrdinal(Connection.User.AddressOfRecord.Text, Peer!.Text) < 0;

    /// <summary>Makes it a conference with the person whom the user talks with; where that is on its way already, waits for it.</summary>
    /// <param name="audio">Whether the user talks there by audio, too, and the other is asked to.</param>
    /// <param name="cancellationToken">Gives up; what was begun is taken down.</param>
    internal Task EscalateAsync(bool audio, CancellationToken cancellationToken) =>
        !_escalating.IsCompleted ? _escalating.UntilAsync(cancellationToken)
        : !_following.IsCompleted ? _following.UntilAsync(cancellationToken)
        : _escalating = EscalateCoreAsync(audio, cancellationToken);

    /// <summary>The other side has made this conversation a conference and invites to it: it goes on there.</summary>
    internal Task FollowAsync(ConferenceInvitation invitation, Documents.ConferenceUri uri, MeetNowOptions announced)
    {
        _following = FollowCoreAsync(invitation, uri, announced);
        _peerLeads?.TrySetResult();
        return _following;
    }

    /// <summary>The conference is over, or the user is no longer in it.</summary>
    /// <returns>True where the conversation does not end with it, because the two still have their session.</returns>
    internal bool ReturnsToPeer(ConferenceSession session, Exception cause)
    {
        if (IsFinishing || session != ConferenceSession)
        {
            return false;
        }

        var failure = new ConferenceFailureException(ConferenceStage.Focus, cause);
        if (_move is { } move)
        {
            move.CallOff(failure);
            return true;
        }

        if (!InstantMessageModality.KeepsPeer)
        {
            return false;
        }

        // Who began it has given it up when this side had followed already.
        _context.Work.Start(async () =>
        {
            using (_move = Attempt.Begin(CancellationToken.None))
            {
                await (_following = ReturnToPeerAsync(session, failure, endsIt: false));
                _move = null;
            }

            Settle(failure, sayGoodbye: false);
        });
        return true;
    }

    private async Task EscalateCoreAsync(bool audio, CancellationToken cancellationToken)
    {
        var leading = LeadAsync(audio, cancellationToken);
        _leading = leading;
        if (await leading is not { } failure)
        {
            return;
        }

        if (failure is FailureResponseException { StatusCode: StatusCode.RequestPending } && _following.IsCompleted && !IsFinishing)
        {
            await WaitForLeadAsync(cancellationToken);
        }

        if (!_following.IsCompleted)
        {
            await _following.UntilAsync(cancellationToken);
            if (ConferenceSession is not null)
            {
                return;
            }
        }

        throw failure;
    }

    private async Task<Exception?> LeadAsync(bool audio, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        ConferenceSession? session = null;
        var isInvited = false;
        using (var move = _move = Attempt.Begin(cancellationToken))
        {
            _peerMoved = new(TaskCreationOptions.RunContinuationsAsynchronously);
            RefreshActions();
            try
            {
                SetProgress(ConferenceEscalationProgress.SchedulingConference);
                session = await MakeConferenceAsync(new MeetNowOptions { Subject = Properties.Subject }, move.Token);
                SetProgress(ConferenceEscalationProgress.ConnectingToConference);
                await JoinAsync(new JoinOptions { Audio = audio, InstantMessages = true }, null, move.Token);
                SetProgress(ConferenceEscalationProgress.WaitingForPeer);
                isInvited = true;
                await InviteAsync(Peer!.Text, new ConferenceInvitationOptions { Audio = audio }, move.Token);
                await WaitForPeerAsync(move.Token);
            }
            catch (Exception thrown)
            {
                // Whatever it is: the two had a conversation, and still have.
                failure = move.Explain(thrown);
                await ReturnToPeerAsync(session, failure, endsIt: isInvited);
            }

            _peerMoved = null;
            _move = null;
        }

        Settle(failure, sayGoodbye: true);
        return failure;
    }

    private async Task FollowCoreAsync(ConferenceInvitation invitation, Documents.ConferenceUri uri, MeetNowOptions announced)
    {
        if (!_leading.IsCompleted)
        {
            _move?.CallOff(new ConferenceFailureException(ConferenceStage.Scheduling, "the other side has made a conference at the same time"));
            await Task.WhenAny(_leading);
        }

        Exception? failure = null;
        using (var move = _move = Attempt.Begin(CancellationToken.None))
        {
            try
            {
                RequireOpen(nameof(JoinAsync));
                BindTo(uri, announced);
                SetProgress(ConferenceEscalationProgress.ConnectingToConference);
                await invitation.AcceptAsync(move.Token);
                await JoinAsync(new JoinOptions { Audio = false, InstantMessages = true }, null, move.Token);
            }
            catch (Exception thrown) when (thrown is LyncClientException or OperationCanceledException or InvalidStateException)
            {
                failure = move.Explain(thrown);
                Log.JoinFailed(_context.Logger, ConferenceStage.InstantMessages, failure);
                await ReturnToPeerAsync(ConferenceSession, failure, endsIt: false);
            }

            _move = null;
        }

        Settle(failure, sayGoodbye: false);
        if (failure is null && invitation.AvailableModalities.HasFlag(ModalityTypes.AudioVideo))
        {
            AVModality.OnInvited(invitation);
        }
    }

    // The other side makes a conference, too, and its counts: its invitation is on its way.
    private async Task WaitForLeadAsync(CancellationToken cancellationToken)
    {
        _peerLeads = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _context.Loop.WithinAsync(_peerLeads.Task, PeerPatience, "The other side's invitation", cancellationToken);
        }
        catch (TimeoutException)
        {
            // It has given up its conference.
        }
        finally
        {
            _peerLeads = null;
        }
    }

    private async Task WaitForPeerAsync(CancellationToken cancellationToken)
    {
        OnPeerMoved();
        try
        {
            await _context.Loop.WithinAsync(_peerMoved!.Task, PeerPatience, "The other side's move to the conference", cancellationToken);
        }
        catch (TimeoutException)
        {
            // It accepted; what it does there is its own matter.
        }
    }

    private void OnPeerMoved()
    {
        if (IsPeerInChat)
        {
            _peerMoved?.TrySetResult();
        }
    }

    private bool IsPeerInChat => Peer is { } peer && Array.Exists(_chatters, chatter => chatter.Equals(peer.Text, StringComparison.OrdinalIgnoreCase));

    // In the opposite order of how it was set up.
    private async Task ReturnToPeerAsync(ConferenceSession? session, Exception failure, bool endsIt)
    {
        if (endsIt && !IsFinishing && session is { State: ConferenceSessionState.Connected })
        {
            // The other may be there already: with the conference it goes back, too.
            await EndConferenceAsync(session);
        }

        if (IsFinishing || session is null || session != ConferenceSession)
        {
            // Ending takes down what there is.
            return;
        }

        await Task.WhenAll(AVModality.EndAsync(ModalityTrigger.Disconnect, failure), InstantMessageModality.LeaveConferenceAsync(failure));
        await session.AbandonAsync(failure);
        if (!IsFinishing)
        {
            ConferenceSession = null;
        }
    }

    private async Task EndConferenceAsync(ConferenceSession session)
    {
        try
        {
            await _context.Loop.WithinAsync(session.EndMeetingAsync(CancellationToken.None), Connection.TransactionTimeout, "The end of the conference", CancellationToken.None);
        }
        catch (Exception failed) when (failed is LyncClientException or InvalidStateException or TimeoutException)
        {
            Log.UncleanEnd(_context.Logger, failed);
        }
    }

    // Messages that have waited go where the conversation now is.
    private void Settle(Exception? failure, bool sayGoodbye)
    {
        if (IsFinishing)
        {
            return;
        }

        if (failure is null)
        {
            InstantMessageModality.EnterConference(sayGoodbye, IsPeerInChat);
            if (sayGoodbye)
            {
                // Whom this side has followed leads, and is there.
                ShowRosterOnly();
            }
        }
        else
        {
            ShowPeer();
            InstantMessageModality.StayWithPeer();
        }

        RefreshActions();
        SetProperties(Properties with
        {
            ConferenceEscalationProgress = failure is null ? ConferenceEscalationProgress.Completed : ConferenceEscalationProgress.Failed,
            ConferenceEscalationFailure = failure,
        });
    }

    private void SetProgress(ConferenceEscalationProgress progress) => SetProperties(Properties with { ConferenceEscalationProgress = progress, ConferenceEscalationFailure = null });
}
