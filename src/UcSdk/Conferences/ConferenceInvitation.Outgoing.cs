using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <content>Sending it.</content>
public sealed partial class ConferenceInvitation
{
    private bool _hasRung;

    /// <summary>
    /// Sends it and waits for the answer. A closed meeting is opened to the invited person first. When accepted, the dialog is ended in the
    /// background.
    /// </summary>
    /// <param name="cancellationToken">Takes it back (CANCEL); the task is cancelled when the outcome is known.</param>
    /// <exception cref="InvalidStateException">It is incoming, or was sent before.</exception>
    /// <exception cref="FailureResponseException">The person declined, is not there or did not answer in time.</exception>
    /// <exception cref="ConferenceFailureException">The closed meeting could not be opened to the person.</exception>
    public Task DeliverAsync(CancellationToken cancellationToken = default) => _context.Loop.InvokeAsync(async () =>
    {
        if (!Conversation.CanInvoke(ConversationAction.AddParticipant))
        {
            throw _machine.Refuse(nameof(DeliverAsync));
        }

        _machine.Demand(ConferenceInvitationTrigger.Deliver, nameof(DeliverAsync));
        Conversation.ConversationManager.Add(this);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            await OpenMeetingAsync(stop.Token);
            var response = await InviteAsync(stop.Token);
            SipException.ThrowIfRefused(response, "The invitation");
            End(ConferenceInvitationTrigger.Accept, null, sayGoodbye: !_context.Seams.KeepInvitationDialog);
        }
        catch (OperationCanceledException)
        {
            _machine.Fire(ConferenceInvitationTrigger.TerminateLocally);
            await FinishAsync(ConferenceInvitationTrigger.TerminateLocally, null, sayGoodbye: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        catch (Exception failure) when (failure is SipException or ConferenceFailureException)
        {
            End(ConferenceInvitationTrigger.FailDelivery, failure, sayGoodbye: false);
            throw failure as ConferenceFailureException ?? (Exception)new FailureResponseException("The invitation", failure);
        }
    });

    private async Task OpenMeetingAsync(CancellationToken cancellationToken)
    {
        if (Conversation.ConferenceSession is { AccessType: ConferenceAccessType.Closed } session)
        {
            await session.AdmitAsync(_remote.AddressOfRecord.Text, cancellationToken);
        }
    }

    private async Task<SipResponse> InviteAsync(CancellationToken cancellationToken)
    {
        var invite = Conversation.Connection.CreateRequest(SipMethod.Invite, _remote);
        invite.Headers.Add(HeaderName.Supported, "ms-sender");
        invite.Headers.Add(HeaderName.MsConversationId, _document.ConversationId!);
        invite.SetBody(ContentTypes.ConferencingInvitation, _document.ToBytes());
        var session = _session = Conversation.Connection.Endpoint.Invite(invite, new InviteOptions
        {
            Flow = Conversation.Connection.Flow,
            RingTimeout = _options.RingTimeout ?? _context.Options.RingTimeout,
        });
        var ranOutOfTime = false;
        session.StateChanged += change => ranOutOfTime |= change.Reason == InviteReason.NoAnswer;
        session.ProvisionalReceived += OnProvisional;
        var response = await session.Answer.UntilAsync(cancellationToken);
        return ranOutOfTime ? throw new SipException(SipFailure.TimedOut, "Nobody answered the invitation in time.") : response;
    }

    private void OnProvisional(SipResponse response)
    {
        // UCMA raises Ringing once, however many endpoints ring.
        if (response.StatusCode == StatusCode.Ringing && !_hasRung)
        {
            _hasRung = true;
            _machine.TryFire(ConferenceInvitationTrigger.Ring);
        }
    }
}
