using UcSdk.Core;

namespace UcSdk;

/// <content>Accepting at one of several endpoints.</content>
public sealed partial class InstantMessageModality
{
    /// <summary>
    /// Accepts the invitation for a user who does nothing, as clients do that show a message at once and ask nobody. Where the user is signed in at this endpoint only, or the other
    /// side is a plain SIP client, that is now. Where there are other endpoints that take messages, each of which is invited too, the user is left the choice for
    /// <see cref="LyncClientOptions.AcceptDelay"/>; then the endpoint accepts that is used most, as all of them tell the server ([MS-PRES]), and if that does not, 10 s later the
    /// next one. Whoever's user accepts before (<see cref="AcceptAsync"/>) has the conversation, and here the invitation ends
    /// (<see cref="ModalityStateChangeReason.AnsweredElsewhere"/>).
    /// </summary>
    /// <param name="cancellationToken">Stops waiting for the turn; nothing is accepted then, and the invitation is open still.</param>
    /// <returns>Ends when it was accepted here, by this or by the user.</returns>
    /// <exception cref="InvalidStateException">There is no invitation to answer, or it ended before it was accepted here.</exception>
    /// <exception cref="FailureResponseException">The inviter did not acknowledge, or the connection was lost.</exception>
    public Task AcceptInTurnAsync(CancellationToken cancellationToken = default) => Context.Loop.InvokeAsync(async () =>
    {
        if (!CanInvoke(ModalityAction.Accept))
        {
            throw Machine.Refuse(nameof(AcceptInTurnAsync));
        }

        var offer = _offer!;
        if (offer.Session is not null)
        {
            await WaitForTurnAsync(offer, cancellationToken);
        }

        if (_offer == offer)
        {
            await AcceptCoreAsync(offer).UntilAsync(cancellationToken);
        }
        else if (State != ModalityState.Connected)
        {
            throw Machine.Refuse(nameof(AcceptInTurnAsync));
        }
    });

    // Looked at anew at each turn: endpoints come, go, and fall idle meanwhile.
    private async Task WaitForTurnAsync(MessageOffer offer, CancellationToken cancellationToken)
    {
        using var attempt = Attempt.Begin(cancellationToken);
        using var over = offer.Closing.Register(() => attempt.CallOff(new OperationCanceledException("The invitation is over.")));
        try
        {
            var pause = Context.Options.AcceptDelay;
            for (var turn = 0; _offer == offer && !EndpointTurn.IsAlone(Conversation.ConversationManager.OwnEndpoints); turn++, pause = EndpointTurn.Length)
            {
                await Context.Loop.DelayAsync(pause, attempt.Token);
                if (EndpointTurn.Of(Conversation.ConversationManager.OwnEndpoints) <= turn)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (attempt.Cause is not null)
        {
            // Somebody has decided.
        }
    }
}
