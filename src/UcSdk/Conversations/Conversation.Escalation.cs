namespace UcSdk;

/// <content>From two people to a conference and what else is known about it.</content>
public sealed partial class Conversation
{
    // A peer that has accepted the invitation and is not seen in the chat may be one that talks in other ways only.
    private static readonly TimeSpan PeerPatience = TimeSpan.FromSeconds(30);
    private TaskCompletionSource? _peerMoved;
    private Task? _escalating;

    /// <summary>Says what the conversation is about. The other side is told with the invitation, or at once where it is connected.</summary>
    /// <param name="subject">The subject; empty for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidStateException">The conversation takes place in a conference, which has its own subject, or has ended.</exception>
    public Task SetSubjectAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return _context.Loop.InvokeAsync(() =>
        {
            RequireOpen(nameof(SetSubjectAsync));
            if (ConferenceSession is not null)
            {
                throw _machine.Refuse("SetSubjectAsync in a conference");
            }

            SetProperties(Properties with { Subject = subject });
            return _context.Loop.UntilAsync(InstantMessageModality.TellSubjectAsync(subject), cancellationToken);
        });
    }

    /// <summary>Says how important the conversation is; the other side is told with the invitation.</summary>
    /// <param name="importance">How important.</param>
    /// <param name="cancellationToken">Cancelled before the client gets to it, nothing changes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no member of the enumeration.</exception>
    /// <exception cref="InvalidStateException">The conversation has ended.</exception>
    public Task SetImportanceAsync(ConversationImportance importance, CancellationToken cancellationToken = default)
    {
        if (!Enum.IsDefined(importance))
        {
            throw new ArgumentOutOfRangeException(nameof(importance), importance, "Not a member of ConversationImportance.");
        }

        return _context.Loop.InvokeAsync(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            RequireOpen(nameof(SetImportanceAsync));
            SetProperties(Properties with { Importance = importance });
            return true;
        });
    }

    /// <summary>What the application says to the other side when it is invited; null for nothing.</summary>
    public InvitationContext? InvitationContext { get; private set; }

    /// <summary>Says something for the application, beside the messages, to whom this conversation invites from now on ([MS-SIPRE] §2.2.20).</summary>
    /// <param name="context">What; null for nothing.</param>
    /// <param name="cancellationToken">Cancelled before the client gets to it, nothing changes.</param>
    /// <exception cref="InvalidStateException">The conversation has ended.</exception>
    public Task SetInvitationContextAsync(InvitationContext? context, CancellationToken cancellationToken = default) => _context.Loop.InvokeAsync(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireOpen(nameof(SetInvitationContextAsync));
        InvitationContext = context;
        return true;
    });

    internal void SetProperties(ConversationProperties properties)
    {
        var previous = Properties;
        if (previous != properties)
        {
            Properties = properties;
            _propertyChanges.Publish(new(previous, properties));
        }
    }

    internal void OnSubject(string subject) => SetProperties(Properties with { Subject = subject });

    /// <summary>The other side has made this conversation a conference and invites to it: it goes on there.</summary>
    internal async Task FollowAsync(ConferenceInvitation invitation)
    {
        SetProgress(ConferenceEscalationProgress.ConnectingToConference);
        try
        {
            await invitation.AcceptAsync();
            await JoinAsync(new JoinOptions { Audio = false, InstantMessages = true });
            SetProgress(ConferenceEscalationProgress.Completed);
            InstantMessageModality.LeavePeer(sayGoodbye: false);
        }
        catch (Exception failure) when (failure is LyncClientException or OperationCanceledException or InvalidStateException)
        {
            Log.JoinFailed(_context.Logger, ConferenceStage.InstantMessages, failure);
            StayWithPeer();
        }
    }

    /// <summary>Makes it a conference with the person whom the user talks with.</summary>
    private Task EscalateAsync(CancellationToken cancellationToken) =>
        _escalating is { IsCompleted: false } running ? _context.Loop.UntilAsync(running, cancellationToken) : _escalating = EscalateCoreAsync(cancellationToken);

    private async Task EscalateCoreAsync(CancellationToken cancellationToken)
    {
        var peer = Peer!;
        var talks = InstantMessageModality.State == ModalityState.Connected;
        _peerMoved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            SetProgress(ConferenceEscalationProgress.SchedulingConference);
            await EscalateToConferenceAsync(new MeetNowOptions { Subject = Properties.Subject }, cancellationToken);
            SetProgress(ConferenceEscalationProgress.ConnectingToConference);
            await JoinAsync(new JoinOptions { Audio = false, InstantMessages = true }, null, cancellationToken);
            SetProgress(ConferenceEscalationProgress.WaitingForPeer);
            await InviteAsync(peer.Text, new ConferenceInvitationOptions { Audio = false }, cancellationToken);
            if (talks || InstantMessageModality.StaysWithPeer)
            {
                await WaitForPeerAsync(cancellationToken);
            }
        }
        catch (Exception failure) when (failure is LyncClientException or OperationCanceledException)
        {
            if (!IsFinishing)
            {
                if (ConferenceSession is { } session)
                {
                    await InstantMessageModality.LeaveConferenceAsync(failure);
                    await session.AbandonAsync(failure);
                }

                StayWithPeer();
            }

            throw;
        }
        finally
        {
            _peerMoved = null;
        }

        InstantMessageModality.LeavePeer(sayGoodbye: true);
        SetProgress(ConferenceEscalationProgress.Completed);
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
        if (_peerMoved is { } moved && Array.Exists(_chatters, chatter => chatter.Equals(Peer!.Text, StringComparison.OrdinalIgnoreCase)))
        {
            moved.TrySetResult();
        }
    }

    private void StayWithPeer()
    {
        if (IsFinishing)
        {
            return;
        }

        ConferenceSession = null;
        ShowPeer();
        RefreshActions();
        SetProgress(ConferenceEscalationProgress.Failed);
    }

    private void SetProgress(ConferenceEscalationProgress progress) => SetProperties(Properties with { ConferenceEscalationProgress = progress });
}
