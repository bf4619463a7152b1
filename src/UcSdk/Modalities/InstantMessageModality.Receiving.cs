using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <content>What comes from the other side: invitations, messages, typing, reports.</content>
public sealed partial class InstantMessageModality : IMessageOwner
{
    private MessageOffer? _offer;
    private InvitationInfo? _invitation;
    private bool _wasConnected;
    private string? _acceptedBy;

    /// <summary>True when the other side may come back without asking: the two have exchanged messages in this conversation, or are inviting each other.</summary>
    internal bool IsFamiliar => _wasConnected || State is ModalityState.Connecting or ModalityState.Connected;

    internal MessageOffer? Offer => _offer;

    /// <inheritdoc/>
    public override Task AcceptAsync(CancellationToken cancellationToken = default) => Context.Loop.InvokeAsync(() =>
    {
        if (!CanInvoke(ModalityAction.Accept))
        {
            throw Machine.Refuse(nameof(AcceptAsync));
        }

        return AcceptCoreAsync(_offer!).UntilAsync(cancellationToken);
    });

    /// <inheritdoc/>
    public override Task RejectAsync(ModalityDisconnectReason reason = ModalityDisconnectReason.Decline, CancellationToken cancellationToken = default) => Context.Loop.InvokeAsync(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!CanInvoke(ModalityAction.Reject))
        {
            throw Machine.Refuse(nameof(RejectAsync));
        }

        Conversation.OnDecided(ConversationAcceptanceState.Rejected);
        RejectOffer(reason switch
        {
            ModalityDisconnectReason.Busy => StatusCode.BusyHere,
            ModalityDisconnectReason.NotAcceptableHere => StatusCode.NotAcceptableHere,
            ModalityDisconnectReason.None or ModalityDisconnectReason.Timeout => StatusCode.TemporarilyUnavailable,
            _ => StatusCode.Decline,
        });
        return true;
    });

    /// <summary>Somebody invites, and the user is to decide.</summary>
    internal void OnOffer(MessageOffer offer)
    {
        _offer = offer;
        _invitation = offer.Info;
        offer.Withdrawn = trigger =>
        {
            _offer = null;
            _acceptedBy = offer.AcceptedBy;
            Machine.TryFire(trigger);
            Conversation.OnDecided(trigger == ModalityTrigger.AnswerElsewhere ? ConversationAcceptanceState.Accepted : ConversationAcceptanceState.Missed);
            Conversation.ConversationManager.OnOfferEnded(Conversation);
        };
        Machine.Fire(ModalityTrigger.ReceiveInvitation);
        offer.Session?.Ring();
    }

    /// <summary>Somebody familiar invites: nobody has to decide.</summary>
    internal void Welcome(MessageOffer offer) => Context.Work.Start(async () =>
    {
        if (State == ModalityState.Disconnected)
        {
            OnOffer(offer);
        }
        else
        {
            _offer = offer;
        }

        try
        {
            await AcceptCoreAsync(offer);
        }
        catch (FailureResponseException failure)
        {
            Log.UncleanEnd(Context.Logger, failure);
        }
    });

    /// <summary>Nobody has decided.</summary>
    internal void RejectOffer(int status)
    {
        if (_offer is { } offer)
        {
            _offer = null;
            offer.Reject(status);
            Machine.TryFire(ModalityTrigger.Reject);
            Conversation.OnDecided(ConversationAcceptanceState.Missed);
            Conversation.ConversationManager.OnOfferEnded(Conversation);
        }
    }

    /// <summary>A MESSAGE of a plain client that belongs here.</summary>
    internal void OnPage(IncomingRequest page)
    {
        if (_offer is { Session: null } offer && MessageBodies.IsMessage(page.Request.ContentType))
        {
            offer.Add(page);
        }
        else
        {
            TakePage(page);
        }
    }

    void IMessageOwner.OnMessage(MessageSession session, SipUri? sender, InstantMessageContent content) => Show(Conversation.SenderOfMessage(sender), content);

    void IMessageOwner.OnComposing(MessageSession session, SipUri? sender, bool isComposing, TimeSpan? lifetime)
    {
        Touch();
        Types(sender, isComposing, lifetime);
    }

    void IMessageOwner.OnReport(MessageSession session, InstantMessageDeliveryNotification report) => _reports.Take(report);

    void IMessageOwner.OnProgress(SipResponse response) => _progress.Publish(new(response.StatusCode, response.ReasonPhrase, MsDiagnostics.Of(response)));

    void IMessageOwner.OnSubject(string subject) => Conversation.OnSubject(subject);

    void IMessageOwner.OnEnded(MessageSession session, ModalityTrigger trigger, Exception? cause)
    {
        _sessions.Remove(session);
        if (session == _reserve)
        {
            // The conversation has become a conference, and the other side says so.
            _reserve = null;
            return;
        }

        if (session == _conferenceLeg && Conversation.ConferenceSession is { } conference)
        {
            _conferenceLeg = null;
            Conversation.ReturnsToPeer(conference, cause ?? CauseOf(trigger)!);
            return;
        }

        if (session != _leg)
        {
            return;
        }

        _leg = null;
        _acceptedBy = session.AcceptedBy;
        Rest();
        if (Conversation.IsMoving && trigger == ModalityTrigger.DisconnectRemotely)
        {
            // Whether it is a loss is known when the conversation has become a conference, or has not.
            _wasLeft = true;
            _outbox.Use(null);
            return;
        }

        if (session.IsConference)
        {
            _outbox.GiveUp(DeliveryResult.NotSent(CauseOf(trigger)));
            _reports.GiveUp();
        }

        Machine.TryFire(trigger, cause ?? CauseOf(trigger));
        _outbox.Use(null);
    }

    private async Task AcceptCoreAsync(MessageOffer offer)
    {
        _offer = null;
        Conversation.IsOffered = false;
        Conversation.OnDecided(ConversationAcceptanceState.Accepted);
        if (offer.Session is null)
        {
            Conversation.ConversationManager.PageModeUsers.Add(offer.From);
            Machine.TryFire(ModalityTrigger.Accept);
            UsePageMode();
            offer.TakePages().ToList().ForEach(TakePage);
            offer.Close();
            return;
        }

        // Whoever sends messages each by itself at times takes sessions all the same.
        Conversation.ConversationManager.PageModeUsers.Remove(offer.From);
        var first = offer.Info.FirstMessage;
        var session = new MessageSession(Context, this);
        var accepting = session.AcceptAsync(offer.Session, takesFirstMessage: first is not null);
        Machine.TryFire(ModalityTrigger.Accept);
        Adopt(session, isOurs: false);
        Conversation.OnInitialContextReceived(offer.Info.Context);
        if (first is not null)
        {
            Show(Conversation.SenderOfMessage(null), first);
        }

        try
        {
            await accepting;
            offer.Close();
        }
        catch (SipException failure)
        {
            offer.Close();
            _sessions.Remove(session);
            if (_leg == session)
            {
                ((IMessageOwner)this).OnEnded(session, failure.Failure == SipFailure.FlowClosed ? ModalityTrigger.LoseConnection : ModalityTrigger.DisconnectRemotely, failure);
            }

            throw new FailureResponseException("Accepting the invitation", failure);
        }
    }

    private void TakePage(IncomingRequest page)
    {
        var request = page.Request;
        if (MessagingDocument.TryRead(request.Headers[HeaderName.ContentType], request.Body, out var document, out _) && document is IsComposing composing)
        {
            AnswerPage(page, StatusCode.Ok);
            Types(null, composing.IsActive, composing.Lifetime);
        }
        else if (MessageBodies.IsMessage(request.ContentType) && MessageBodies.TryRead(request, Context.Options.InstantMessageCapabilities, out var content))
        {
            AnswerPage(page, StatusCode.Ok);
            Show(Conversation.SenderOfMessage(null), content);
        }
        else
        {
            AnswerPage(page, StatusCode.UnsupportedMediaType);
        }
    }

    // Whom no roster shows, and the user at another endpoint, is none of the others.
    private void Types(SipUri? sender, bool isComposing, TimeSpan? lifetime)
    {
        if (Conversation.SenderOfMessage(sender) is { IsSelf: false } who && Conversation.Find(who.Uri) == who)
        {
            _typing.Set(who, isComposing, lifetime);
        }
    }

    // Its connection may have ended while it waited for the decision: its sender then knows nothing of it.
    private static void AnswerPage(IncomingRequest page, int status)
    {
        if (!page.IsAnswered)
        {
            page.Respond(status, edit: status == StatusCode.UnsupportedMediaType ? response => response.Headers.Add(HeaderName.Accept, MessageBodies.Accepted) : null);
        }
    }

    private void Show(Participant sender, InstantMessageContent content)
    {
        Touch();
        _typing.Clear(sender);
        Show(new InstantMessage(Context.Random.NextHex(8), sender, content, InstantMessageDirection.Incoming, Context.WallClock));
    }
}
