using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Takes what is about presence: publications, containers and acknowledgements by SERVICE, and subscriptions to one's own presence and to that of others
/// ([MS-PRES] §3, [MS-SIP], RFC 3856). Everybody publishes for themselves, and sees of others what their container shows.
/// </summary>
internal sealed class PresenceApplication(
    PresenceStore store, PresenceSubscriptions subscriptions, PresenceSessions sessions, PlainPresence plain, SerialLoop loop, RandomSource random, UcServerOptions options) : IServerApplication
{
    private readonly PresenceRequests _requests = new(store, sessions, loop, options.Presence);

    public bool Handle(ServerRequest request)
    {
        var message = request.Message;
        // What has a GRUU in its Request-URI is for that endpoint, not for the user's presence.
        if (message.Uri is not { IsSip: true, IsGruu: false } target || request.ConferenceUri is not null || request.Sender is null)
        {
            return false;
        }

        if (request.Method == SipMethod.Service)
        {
            return _requests.Handle(request);
        }

        if (request.Method == SipMethod.Publish)
        {
            return plain.Handle(request);
        }

        if (request.Method != SipMethod.Subscribe || message.To is { HasTag: true })
        {
            return false;
        }

        if (EventNames.Is(message, ServedEvents.RoamingSelf))
        {
            SubscribeSelf(request);
        }
        else if (EventNames.Is(message, ServedEvents.Presence))
        {
            SubscribePresence(request, target);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void SubscribeSelf(ServerRequest request)
    {
        var party = request.Sender!.Id;
        if (!ConferenceChecks.IsUser(request.Message.UriText, party.User))
        {
            request.Answer(PresenceRefusals.NotOnesOwn);
        }
        else if (!RoamingSelfRequest.TryRead(request.Message.Body, out var wanted, out _))
        {
            request.Answer(PresenceRefusals.Unreadable);
        }
        else if (HasRoom(request, party, ServedEvents.RoamingSelf))
        {
            var subscription = new OwnSubscription(party, store.Get(party.User), wanted.Parts, () => loop.Now);
            Accept(request, subscription, SipUri.Parse(party.User), refresh => Refresh(subscription, refresh));
        }
    }

    private void SubscribePresence(ServerRequest request, SipUri target)
    {
        var message = request.Message;
        var party = request.Sender!.Id;
        if (WatchRequests.IsList(message) && ConferenceChecks.IsUser(message.UriText, party.User))
        {
            SubscribeList(request, party);
        }
        else if (!store.TryGet(target, out var presentity))
        {
            request.Answer(ServerAnswer.Refuse(StatusCode.NotFound, ServerDiagnostics.UserNotFound));
        }
        else if (WatchRequests.IsList(message) && !WatchRequests.TryRead(message, party.User, out _))
        {
            request.Answer(PresenceRefusals.Unreadable);
        }
        else if (!WatchRequests.IsList(message) && !WatchRequests.TakesPidf(message) && !WatchRequests.TakesCategories(message))
        {
            request.Answer(new ServerAnswer(StatusCode.NotAcceptable));
        }
        else if (HasRoom(request, party, presentity.Address))
        {
            SubscribeOne(request, party, presentity);
        }
    }

    private void SubscribeList(ServerRequest request, EndpointId party)
    {
        var subscription = new WatchSubscription(party, WatchForm.List, party.User, random);
        if (!WatchRequests.TryRead(request.Message, party.User, out var wishes))
        {
            request.Answer(PresenceRefusals.Unreadable);
        }
        else if (wishes.Count(wish => wish.Watches) > options.Presence.MaxResources)
        {
            request.Answer(PresenceRefusals.TooManyResources);
        }
        else if (HasRoom(request, party, party.User))
        {
            Change(subscription, wishes, isFed: false);
            Accept(request, subscription, SipUri.Parse(party.User), refresh => Refresh(subscription, refresh));
        }
    }

    private void SubscribeOne(ServerRequest request, EndpointId party, Presentity presentity)
    {
        var message = request.Message;
        var wishes = WatchRequests.TryRead(message, party.User, out var read) ? read : [];
        var wish = wishes.FirstOrDefault(one => one.Watches && ConferenceChecks.IsUser(one.Uri, presentity.Address));
        var form = wish is null && !WatchRequests.TakesCategories(message) ? WatchForm.Pidf : WatchForm.Categories;
        var subscription = new WatchSubscription(party, form, presentity.Address, random);
        var names = form == WatchForm.Pidf ? PidfView.Categories.Names : wish is { Categories.Count: > 0 } ? wish.Categories : PresenceNames.DefaultCategories;
        subscription.Add(presentity, wish?.Uri ?? presentity.Address, subscriptions.SetOf(names));
        if (wish is { Introduces: true })
        {
            Introduce(presentity, subscription.Watcher, party);
        }

        Accept(request, subscription, SipUri.Parse(presentity.Address), _ => subscription.Full());
    }

    private void Accept(ServerRequest request, IPresenceSubscription subscription, SipUri contact, Func<SubscriptionRefresh, PresenceNotification?> onRefresh)
    {
        var session = request.Incoming.CreateSubscription(new NameAddr(contact));
        var first = subscription.Full();
        if (session.RequestedExpires != TimeSpan.Zero)
        {
            sessions.Add(subscription, session);
            session.RefreshReceived = refresh => Answer(session, refresh, onRefresh);
        }

        session.Accept(options.PresenceExpires, first.ContentType, first.Body, piggyback: true, AutoExtend.Grant(request.Message));
    }

    private static void Answer(NotifierSubscription session, SubscriptionRefresh refresh, Func<SubscriptionRefresh, PresenceNotification?> onRefresh)
    {
        if (!refresh.Flow.IsFromPeerOf(session.Flow))
        {
            // Dialog identifiers are no proof of identity; the connection is.
            refresh.Reject(StatusCode.Forbidden);
        }
        else if (refresh.RequestedExpires == TimeSpan.Zero)
        {
            refresh.Accept();
        }
        else if (onRefresh(refresh) is { } told)
        {
            refresh.Accept(told.ContentType, told.Body, piggyback: true, AutoExtend.Grant(refresh.Request));
        }
    }

    private static PresenceNotification? Refresh(OwnSubscription subscription, SubscriptionRefresh refresh)
    {
        if (!refresh.Request.Body.IsEmpty)
        {
            if (!RoamingSelfRequest.TryRead(refresh.Request.Body, out var wanted, out _))
            {
                refresh.Reject(StatusCode.BadRequest, PresenceRefusals.Unreadable.ReasonPhrase);
                return null;
            }

            subscription.Want(wanted.Parts);
        }

        return subscription.Full();
    }

    // Null when it was refused: the subscription stays as it was.
    private PresenceNotification? Refresh(WatchSubscription subscription, SubscriptionRefresh refresh)
    {
        if (refresh.Request.Body.IsEmpty)
        {
            return subscription.Full();
        }

        if (!WatchRequests.TryRead(refresh.Request, subscription.Party.User, out var wishes))
        {
            refresh.Reject(StatusCode.BadRequest, PresenceRefusals.Unreadable.ReasonPhrase);
            return null;
        }

        var added = wishes.Where(wish => wish.Watches && !subscription.TryGet(wish.Uri, out _)).Select(wish => wish.Uri).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        if (added > 0 && subscription.Watches.Count + added > options.Presence.MaxResources)
        {
            refresh.Reject(StatusCode.TemporarilyUnavailable, PresenceRefusals.TooManyResources.ReasonPhrase);
            return null;
        }

        Change(subscription, wishes, isFed: true);
        return subscription.News() ?? PresenceNotification.Empty;
    }

    private void Change(WatchSubscription subscription, IReadOnlyList<WatchWish> wishes, bool isFed)
    {
        foreach (var wish in wishes)
        {
            if (!wish.Watches)
            {
                if (subscription.Remove(wish.Uri) is { } gone && isFed)
                {
                    subscriptions.Remove(gone);
                }
            }
            else if (!SipUri.TryParse(wish.Uri, out var uri) || !store.TryGet(uri, out var presentity))
            {
                subscription.AddStranger(wish.Uri);
            }
            else
            {
                Watch(subscription, wish, presentity, isFed);
            }
        }
    }

    private void Watch(WatchSubscription subscription, WatchWish wish, Presentity presentity, bool isFed)
    {
        var wanted = subscriptions.SetOf(wish.Categories.Count > 0 ? wish.Categories : PresenceNames.DefaultCategories);
        if (subscription.Add(presentity, wish.Uri, wanted) is { } watch && isFed)
        {
            subscriptions.Add(watch);
        }

        if (wish.Introduces)
        {
            Introduce(presentity, subscription.Watcher, subscription.Party);
        }
    }

    // Whoever the user has placed already, the blocked among them, needs no introduction.
    private void Introduce(Presentity presentity, Watcher watcher, EndpointId party)
    {
        if (presentity.Address == party.User || presentity.Memberships.Names(watcher))
        {
            return;
        }

        var change = new PresenceChange(presentity);
        var subscriber = new PresenceSubscriber(watcher.Address) { DisplayName = store.NameOf(party.User), Acknowledged = false, Type = watcher.Kind };
        presentity.Introduce(subscriber, change);
        sessions.Apply(change);
    }

    // A client that has come back without a farewell subscribes again to what it was subscribed to; what it has forgotten makes room, and nothing else does.
    private bool HasRoom(ServerRequest request, EndpointId party, string subject)
    {
        if (NotifierUsage.RequestedExpires(request.Message) == TimeSpan.Zero)
        {
            return true;
        }

        var same = subscriptions.Of(party, subject);
        var isFull = subscriptions.Of(party).Count >= options.Presence.MaxSubscriptionsPerEndpoint;
        if (isFull && same.Count == 0)
        {
            request.Answer(PresenceRefusals.TooManySubscriptions);
            return false;
        }

        // Over datagrams nothing tells that it has gone: of its own data it needs one.
        var isAnew = !request.Flow.IsReliable && (subject == ServedEvents.RoamingSelf || subject == party.User);
        foreach (var forgotten in same.Take(isAnew ? same.Count : isFull ? 1 : 0))
        {
            sessions.Terminate(forgotten);
        }

        return true;
    }
}
