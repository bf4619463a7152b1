using System.Diagnostics.CodeAnalysis;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <content>Invitations, and messages that come without one.</content>
public sealed partial class ConversationManager
{
    private Func<ConferenceInvitation, CancellationToken, Task>? _handler;
    private Func<Modality, CancellationToken, Task>? _modalityHandler;

    /// <summary>
    /// Decides on incoming invitations: it calls <see cref="ConferenceInvitation.AcceptAsync"/> or
    /// <see cref="ConferenceInvitation.DeclineAsync"/>. While none is set, callers get 480 at once. An invitation about which the task ends
    /// without a decision, or that makes it fail, is answered 480 too.
    /// </summary>
    /// <remarks>
    /// Each invitation gets a call of its own, away from the client's loop. The token is cancelled when the inviter takes the invitation
    /// back, when another endpoint of the user answers it, when it has rung for <see cref="LyncClientOptions.RingTimeout"/>, and when the
    /// client signs out. An invitation by which the other side of a conversation makes it a conference is not asked about: it goes on there.
    /// </remarks>
    public Func<ConferenceInvitation, CancellationToken, Task>? ConferenceInvitationHandler
    {
        get => Volatile.Read(ref _handler);
        set => Volatile.Write(ref _handler, value);
    }

    /// <summary>
    /// Decides on people who want to talk: it gets the modality, <see cref="ModalityState.Notified"/> in a conversation of its own, with its
    /// <see cref="Modality.Invitation"/>, and calls <see cref="Modality.AcceptAsync"/> or <see cref="Modality.RejectAsync"/>. While none is set, callers get 480 at
    /// once. An invitation about which the task ends without a decision, or that makes it fail, is answered 480 too.
    /// </summary>
    /// <remarks>
    /// As with <see cref="ConferenceInvitationHandler"/>, each call is away from the client's loop, and its token is cancelled when no decision is wanted any more. Who comes back to
    /// a conversation in which messages have been exchanged, or is being invited by the user at this moment, is not asked about. A message of a plain SIP client, which
    /// knows no invitations, is one too; it waits for a decision for at most three quarters of a transaction (24 s).
    /// </remarks>
    public Func<Modality, CancellationToken, Task>? ModalityInvitationHandler
    {
        get => Volatile.Read(ref _modalityHandler);
        set => Volatile.Write(ref _modalityHandler, value);
    }

    /// <summary>Takes an INVITE with an invitation to a conference.</summary>
    internal void OnInvitation(ServerConnection connection, IncomingRequest incoming)
    {
        var request = incoming.Request;
        if (!ConferencingInvitation.TryRead(request.Body, out var document, out var error) || !ConferenceUri.TryParse(document.FocusUri, out var uri)
            || request.From is not { } from)
        {
            Log.UnreadableDocument(_context.Logger, error.ToString());
            incoming.Respond(StatusCode.BadRequest);
            return;
        }

        var id = request.Headers[HeaderName.MsConversationId] ?? document.ConversationId;
        var origin = id is null ? null : Conversations.FirstOrDefault(conversation => !conversation.IsFinishing && conversation.Id == id);
        if (origin is not null && from.Uri.AddressOfRecord.Equals(origin.Peer) && Find(uri) is null)
        {
            if (origin.LeadsPeer)
            {
                // Not that anybody is busy: the inviter is to wait for this side's invitation.
                incoming.Respond(StatusCode.RequestPending);
                return;
            }

            if (origin.FollowsPeer)
            {
                Follow(connection, incoming, origin, uri, document);
                return;
            }
        }

        if (!CanDecide(incoming, ConferenceInvitationHandler, out var handler))
        {
            return;
        }

        var session = incoming.CreateInviteSession(connection.Contact);
        var known = Find(uri);
        var conversation = known ?? Add(connection, id, uri, document.Subject ?? "", origin, ConversationDirection.Incoming);
        var invitation = new ConferenceInvitation(_context, conversation, session, from.Uri, document);
        if (known is null)
        {
            conversation.IsOffered = true;
            conversation.SetProperties(new ConversationProperties { Inviter = from.Uri.AddressOfRecord.Text });
            Conversations.Add(conversation);
        }

        Add(invitation);
        session.Ring();
        _context.Work.Start(() => DecideAsync(
            token => handler(invitation, token),
            _context.Options.RingTimeout,
            invitation.GiveUp,
            invitation.Closing));
    }

    /// <summary>Takes an INVITE for instant messages.</summary>
    internal void OnMessageInvite(ServerConnection connection, IncomingRequest incoming)
    {
        if (ConferenceUri.TryParse(incoming.Request.From!.Uri.Text, out _) || ConferenceUri.TryParse(incoming.Request.Contact?.Uri.Text, out _))
        {
            // A conference calls ([MS-CONFBAS] §2.2.3.15): between two, everything would seem to be said by its organizer. Who is invited by ms-conf-invite joins it.
            incoming.Respond(StatusCode.NotAcceptableHere);
            return;
        }

        var id = incoming.Request.Headers[HeaderName.MsConversationId] is { Length: > 0 } said ? said : null;
        var known = FindWith(incoming.Request.From!.Uri, id);
        if (known is { InstantMessageModality.Offer: not null })
        {
            // One invitation of the same person waits for the user already.
            incoming.Respond(StatusCode.BusyHere);
        }
        else if (known is { InstantMessageModality.State: ModalityState.Disconnecting })
        {
            // The user is leaving at this moment.
            incoming.Respond(StatusCode.TemporarilyUnavailable);
        }
        else if (known is { InstantMessageModality.IsFamiliar: true })
        {
            known.InstantMessageModality.Welcome(new MessageOffer(connection, incoming));
        }
        else
        {
            Offer(connection, incoming, known, id);
        }
    }

    /// <summary>Takes a MESSAGE outside any session.</summary>
    internal void OnMessage(ServerConnection connection, IncomingRequest incoming)
    {
        var known = FindWith(incoming.Request.From!.Uri, null);
        if (known is { InstantMessageModality: { Offer.Session: null } or { IsFamiliar: true, Offer: null } })
        {
            known.InstantMessageModality.OnPage(incoming);
        }
        else if (!MessageBodies.IsMessage(incoming.Request.ContentType))
        {
            // Typing, say, of somebody whom the user does not talk with.
            incoming.Respond(StatusCode.UnsupportedMediaType, edit: response => response.Headers.Add(HeaderName.Accept, MessageBodies.Accepted));
        }
        else
        {
            Offer(connection, incoming, known, null);
        }
    }

    /// <summary>The user's endpoints as far as they are known, this one too; none where the client knows nothing of presence.</summary>
    internal IReadOnlyList<OwnEndpoint> OwnEndpoints => _client.Self?.Presence.Endpoints ?? [];

    /// <summary>Those who are known to take no sessions of messages.</summary>
    internal PageModeUsers PageModeUsers { get; } = new();

    // Whoever invites without end must not make the client hold it all.
    private bool CanDecide<T>(IncomingRequest incoming, T? configured, [NotNullWhen(true)] out T? handler)
        where T : class
    {
        var waiting = Conversations.Count(conversation => conversation.InstantMessageModality.Offer is not null)
            + ConferenceInvitations.Count(invitation => invitation.State == ConferenceInvitationState.Incoming);
        handler = waiting < _context.Options.MaxWaitingInvitations ? configured : null;
        if (configured is null)
        {
            incoming.Respond(StatusCode.TemporarilyUnavailable);
        }
        else if (handler is null)
        {
            Log.TooManyInvitations(_context.Logger, waiting);
            incoming.Respond(StatusCode.BusyHere);
        }

        return handler is not null;
    }

    private void Offer(ServerConnection connection, IncomingRequest incoming, Conversation? known, string? id)
    {
        if (!CanDecide(incoming, ModalityInvitationHandler, out var handler))
        {
            return;
        }

        var offer = new MessageOffer(connection, incoming);
        // Who talks with the user in what is a conference by now, and invites to two again, begins another.
        var origin = known is not null || id is null ? null : Conversations.FirstOrDefault(other => !other.IsFinishing && other.Id == id && offer.From.Equals(other.Peer));
        var conversation = known ?? Add(connection, id, derivedFrom: origin, direction: ConversationDirection.Incoming);
        if (known is null)
        {
            conversation.IsOffered = true;
            conversation.SetPeer(offer.From, offer.Info.InviterName, offer.Info.OnBehalfOf, offer.Info.ReferredBy);
            conversation.SetProperties(new ConversationProperties
            {
                Subject = offer.Info.Subject,
                Importance = offer.Info.Importance,
                Inviter = offer.Info.InviterUri,
                RepresentedBy = offer.Info.OnBehalfOf,
            });
        }

        var modality = conversation.InstantMessageModality;
        modality.OnOffer(offer);
        if (known is null)
        {
            // Who is told of it sees who began it: a modality is notified.
            Conversations.Add(conversation);
        }

        _context.Work.Start(() => DecideAsync(
            token => handler(modality, token),
            offer.PatienceOf(_context.Options),
            GiveUp,
            offer.Closing));

        void GiveUp()
        {
            if (modality.Offer == offer)
            {
                modality.RejectOffer(StatusCode.TemporarilyUnavailable);
            }
        }
    }

    /// <summary>Has the user decide on a modality that somebody adds to a conversation.</summary>
    internal void Ask(Modality modality, Action giveUp, CancellationToken closing)
    {
        if (ModalityInvitationHandler is not { } handler)
        {
            giveUp();
            return;
        }

        _context.Work.Start(() => DecideAsync(
            token => handler(modality, token),
            _context.Options.RingTimeout,
            giveUp,
            closing));
    }

    private void Follow(ServerConnection connection, IncomingRequest incoming, Conversation conversation, ConferenceUri uri, ConferencingInvitation document)
    {
        var session = incoming.CreateInviteSession(connection.Contact);
        var invitation = new ConferenceInvitation(_context, conversation, session, incoming.Request.From!.Uri, document);
        Add(invitation);
        var announced = new MeetNowOptions { AccessType = ConferenceAccessType.Unknown, Subject = document.Subject ?? "" };
        _context.Work.Start(() => conversation.FollowAsync(invitation, uri, announced));
    }

    // Clients that give every session an id of its own come back by who they are.
    private Conversation? FindWith(SipUri peer, string? id)
    {
        var address = peer.AddressOfRecord;
        Conversation? found = null;
        foreach (var conversation in Conversations)
        {
            if (!conversation.IsFinishing && (conversation.ConferenceSession is null || conversation.IsMoving) && address.Equals(conversation.Peer))
            {
                if (conversation.Id == id)
                {
                    return conversation;
                }

                found ??= conversation.InstantMessageModality.State is ModalityState.Disconnected && id is not null ? null : conversation;
            }
        }

        return found;
    }

    private async Task DecideAsync(Func<CancellationToken, Task> handler, TimeSpan limit, Action giveUp, CancellationToken closing)
    {
        // The handler is the user's code, and so are the callbacks on its token: both run on a loop of their own, and delay nobody.
        var decisions = _context.Observers.CreateLoop();
        var withdrawn = new CancellationTokenSource();
        // Where the network has swallowed the caller's CANCEL, nobody else would ever stop the ringing.
        using var patience = new Core.LoopTimer(_context.Loop, giveUp);
        patience.SetDeadline(_context.Loop.Now + limit);
        using var registration = closing.Register(() => decisions.Post(withdrawn.Cancel));
        try
        {
            await decisions.InvokeAsync(() => handler(withdrawn.Token));
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // Nobody waits for its decision any more.
        }
        catch (Exception fault)
        {
            Log.InvitationHandlerThrew(_context.Logger, fault);
        }

        giveUp();
    }
}
