namespace UcSdk;

/// <content>Being asked to talk, in a conversation that the other side has made a conference.</content>
public sealed partial class AVModality
{
    private Attempt? _offer;
    private InvitationInfo? _invitation;

    /// <inheritdoc/>
    public override InvitationInfo? Invitation => _invitation;

    private protected override bool IsOffered => State == ModalityState.Notified;

    /// <summary>Accepts: dials the A/V server of the conference. Ends when media flows.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidStateException">There is no invitation to answer, or it was taken back.</exception>
    /// <exception cref="ConferenceFailureException">It was refused, could not be agreed, or no media came.</exception>
    public override Task AcceptAsync(CancellationToken cancellationToken = default) => Context.Loop.InvokeAsync(() =>
        CanInvoke(ModalityAction.Accept) ? DialAsync(null, cancellationToken) : Task.FromException(Machine.Refuse(nameof(AcceptAsync))));

    /// <inheritdoc/>
    public override Task RejectAsync(ModalityDisconnectReason reason = ModalityDisconnectReason.Decline, CancellationToken cancellationToken = default) => Context.Loop.InvokeAsync(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!CanInvoke(ModalityAction.Reject))
        {
            throw Machine.Refuse(nameof(RejectAsync));
        }

        Refuse(ModalityTrigger.Reject, null);
        return true;
    });

    /// <summary>The other side, which has made the conversation a conference, talks there and asks the user to.</summary>
    internal void OnInvited(ConferenceInvitation invitation)
    {
        if (!Machine.TryFire(ModalityTrigger.ReceiveInvitation))
        {
            return;
        }

        _invitation = new InvitationInfo { InviterUri = invitation.RemoteUri, Subject = invitation.Subject, Importance = Conversation.Importance };
        var offer = _offer = Attempt.Begin(CancellationToken.None);
        Conversation.ConversationManager.Ask(this, GiveUp, offer.Token);

        void GiveUp()
        {
            if (_offer == offer)
            {
                Refuse(ModalityTrigger.Reject, null);
            }
        }
    }

    /// <summary>Nobody talks there any more.</summary>
    internal void OnNobodyTalks() => Refuse(ModalityTrigger.Withdraw, null);

    private void Refuse(ModalityTrigger trigger, Exception? cause)
    {
        if (State == ModalityState.Notified && Machine.TryFire(trigger, cause))
        {
            _offer?.CallOff(new OperationCanceledException("The invitation is over."));
            _offer = null;
        }
    }
}
