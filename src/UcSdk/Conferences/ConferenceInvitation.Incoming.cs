using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <content>Answering it.</content>
public sealed partial class ConferenceInvitation
{
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
        Conversation.OnDecided(ConversationAcceptanceState.Accepted);
        var accepting = AcceptCoreAsync(_session!);
        return accepting.UntilAsync(cancellationToken);
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
        Conversation.OnDecided(ConversationAcceptanceState.Rejected);
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

    /// <summary>Whether an answer is still owed.</summary>
    internal bool IsUnanswered => IsIncoming && _session is { State: InviteState.Incoming };

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
        Conversation.OnDecided(ConversationAcceptanceState.Missed);
        End(trigger, null, sayGoodbye: false);
        Conversation.ConversationManager.OnOfferEnded(Conversation);
    }

    private void RequireUnanswered(string operation)
    {
        if (!IsUnanswered)
        {
            throw _machine.Refuse(operation);
        }
    }
}
