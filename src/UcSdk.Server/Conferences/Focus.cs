using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// One conference: who is in it, in which role, with which endpoints, and who watches the roster ([MS-CONFBAS] §3.3). Sans-IO: joins,
/// commands, subscriptions and losses in, answers and <see cref="FocusEffect"/>s out. Dialogs, legs and subscriptions are numbers here.
/// </summary>
internal sealed class Focus(ConferenceProfile profile, ConferenceLimits limits)
{
    private readonly StateMachine<FocusState, FocusTrigger, FocusReason> _state = new(FocusStates.Table, FocusState.Inactive);
    private readonly List<RosterUser> _users = [];
    private readonly Dictionary<long, RosterSubscription> _subscriptions = [];
    private readonly Dictionary<string, string> _listed = new(profile.ListedRoles, StringComparer.OrdinalIgnoreCase);

    public ConferenceProfile Profile { get; } = profile;

    public FocusState State => _state.State;

    public int UserCount => _users.Count;

    public int DialogCount => _users.Sum(user => user.Endpoints.Count(endpoint => endpoint.IsFocus));

    public int LegCount => _users.Sum(user => user.Endpoints.Count(endpoint => !endpoint.IsFocus));

    public int SubscriptionCount => _subscriptions.Count;

    public int MaxUsers => limits.MaxUsers;

    /// <summary>Lets an endpoint in, if its user may come.</summary>
    /// <param name="join">Who and with which dialog.</param>
    /// <param name="role">The granted role.</param>
    /// <param name="refusal">Why not.</param>
    /// <param name="effects">What else is to be done.</param>
    public bool TryJoin(FocusJoin join, out string role, out ServerAnswer refusal, List<FocusEffect> effects)
    {
        role = RoleOf(join.Party.User);
        refusal = Refuse(join)!;
        if (refusal is not null)
        {
            return false;
        }

        var user = Find(join.Party.User);
        if (user is null)
        {
            user = new RosterUser(join.Party.User, join.DisplayName, role);
            _users.Add(user);
            Move(_users.Count == 1 ? FocusTrigger.FirstUserJoined : null, effects);
        }
        else
        {
            Replace(user, join.Endpoint, effects);
        }

        role = user.Role;
        user.Add(new RosterEndpoint(join.Dialog, join.Party, new ConferenceEndpoint(join.Endpoint)
        {
            SessionType = ConferenceEntityTypes.Focus,
            Status = EndpointStatuses.Connected,
            JoiningMethod = JoiningMethods.DialedIn,
            AuthMethod = "enterprise",
            AccessMethod = "internal",
            ClientInfo = join.ClientInfo,
        }));
        Publish(effects);
        return true;
    }

    /// <summary>The dialog has ended, whoever ended it: its endpoint leaves, and what hangs on it with it.</summary>
    public void Leave(long dialog, List<FocusEffect> effects)
    {
        if (Find(dialog, isFocus: true) is ({ } user, { } seat))
        {
            user.Remove(endpoint => endpoint == seat);
            Release(user, seat.Party, effects);
            Settle(user, effects);
        }
    }

    /// <summary>The endpoint is no longer registered: everything of it is ended from this side.</summary>
    public void Drop(EndpointId party, List<FocusEffect> effects)
    {
        EndSubscriptions(party, effects);
        if (Find(party.User) is { } user && user.Remove(endpoint => endpoint.Party == party) is { Count: > 0 } removed)
        {
            End(removed, FocusDialogEnd.EndpointGone, effects);
            Settle(user, effects);
        }
    }

    /// <summary>Whether the endpoint sits in the conference, and so may watch the roster and use the MCUs.</summary>
    public bool Has(EndpointId party) => Find(party.User)?.HasFocusEndpoint(party) == true;

    public int SubscriptionsOf(EndpointId party) => _subscriptions.Values.Count(subscription => subscription.Party == party);

    /// <summary>Begins a subscription of an endpoint that <see cref="Has"/>; the result is its first notification.</summary>
    public ConferenceInfo Subscribe(long subscription, EndpointId party)
    {
        _subscriptions.Add(subscription, new RosterSubscription(party, new ConferenceNotifications()));
        return Refresh(subscription);
    }

    /// <summary>The whole roster for a subscription, as every SUBSCRIBE must be answered (RFC 6665 §4.2.1.2).</summary>
    public ConferenceInfo Refresh(long subscription) => _subscriptions[subscription].Notifications.Full(Snapshot());

    /// <summary>The subscription has ended, whoever ended it.</summary>
    public void Unsubscribe(long subscription) => _subscriptions.Remove(subscription);

    /// <summary>Ends the endpoint's subscriptions: some clients say so with a SUBSCRIBE of its own instead of one in the dialog.</summary>
    public void EndSubscriptions(EndpointId party, List<FocusEffect> effects)
    {
        foreach (var (id, _) in _subscriptions.Where(pair => pair.Value.Party == party).ToArray())
        {
            _subscriptions.Remove(id);
            effects.Add(new FocusEffect.EndSubscription(id, null));
        }
    }

    /// <summary>
    /// A leg of an MCU is up: the endpoint appears in the roster. A second leg of the same party to the same MCU takes the place of the
    /// first. False when the party has left meanwhile or its user has too many endpoints.
    /// </summary>
    public bool TryConnectLeg(long leg, EndpointId party, ConferenceEndpoint endpoint, List<FocusEffect> effects)
    {
        if (Find(party.User) is not { } user || !user.HasFocusEndpoint(party) || user.Endpoints.Count >= limits.MaxEndpointsPerUser)
        {
            return false;
        }

        End(user.Remove(one => one.Party == party && one.Document.SessionType == endpoint.SessionType), FocusDialogEnd.Replaced, effects);
        user.Add(new RosterEndpoint(leg, party, endpoint));
        Publish(effects);
        return true;
    }

    /// <summary>What a leg carries has changed.</summary>
    public void UpdateLeg(long leg, ValueList<ConferenceMedia> media, List<FocusEffect> effects)
    {
        if (Find(leg, isFocus: false) is ({ } user, { } seat))
        {
            user.Replace(seat, seat with { Document = seat.Document with { Media = media } });
            Publish(effects);
        }
    }

    /// <summary>The leg is gone, whoever ended it.</summary>
    public void DisconnectLeg(long leg, List<FocusEffect> effects)
    {
        if (Find(leg, isFocus: false) is ({ } user, { } seat))
        {
            user.Remove(endpoint => endpoint == seat);
            Publish(effects);
        }
    }

    /// <summary>Executes a command of somebody in the conference ([MS-CONFBAS] §3.3.5).</summary>
    /// <param name="sender">The address of record of the sender.</param>
    /// <param name="request">The request; its <c>from</c> and <c>to</c> have been checked.</param>
    /// <param name="effects">What is to be done beside answering.</param>
    public C3pOutcome Execute(string sender, C3pRequest request, List<FocusEffect> effects) => request.Command switch
    {
        _ when State == FocusState.Deleted => C3pError.ConferenceUriInvalid,
        { McuUri: not null } and (DeleteUserCommand or DeleteConferenceCommand) => C3pError.McuNotAllowed,
        DeleteUserCommand command => DeleteUser(sender, request, command, effects),
        DeleteConferenceCommand command => DeleteConference(sender, request, command, effects),
        AddUserCommand { McuUri: null, User.Endpoints.Count: 0 } command => ListUser(sender, request, command),
        _ => request.Fail(C3pReasons.NotSupported),
    };

    /// <summary>Ends the conference for everybody.</summary>
    public void Delete(List<FocusEffect> effects)
    {
        foreach (var (id, subscription) in _subscriptions)
        {
            effects.Add(new FocusEffect.EndSubscription(id, subscription.Notifications.Ended(Profile.Focus.Text)));
        }

        _subscriptions.Clear();
        End(_users.SelectMany(user => user.Endpoints), FocusDialogEnd.ConferenceDeleted, effects);
        _users.Clear();
        Move(FocusTrigger.Delete, effects);
    }

    private C3pOutcome DeleteUser(string sender, C3pRequest request, DeleteUserCommand command, List<FocusEffect> effects)
    {
        if (!IsThisConference(command.ConferenceUri))
        {
            return C3pError.ConferenceEntityInvalid;
        }

        var target = Find(command.UserUri);
        if (!MayRun(sender) && !sender.Equals(command.UserUri, StringComparison.OrdinalIgnoreCase))
        {
            return C3pError.NotAuthorized;
        }

        if (target is null)
        {
            return request.Fail(C3pReasons.UserDoesNotExist);
        }

        Eject(target, effects);
        return request.Succeed(new DeleteUserResult { ConferenceUri = command.ConferenceUri, UserUri = command.UserUri });
    }

    private C3pOutcome DeleteConference(string sender, C3pRequest request, DeleteConferenceCommand command, List<FocusEffect> effects)
    {
        if (!IsThisConference(command.ConferenceUri))
        {
            return C3pError.ConferenceEntityInvalid;
        }

        if (!MayRun(sender))
        {
            return C3pError.NotAuthorized;
        }

        Delete(effects);
        return request.Succeed(new DeleteConferenceResult(command.ConferenceUri));
    }

    /// <summary>addUser without an endpoint: the user is let in when it comes, also into a closed conference.</summary>
    private C3pOutcome ListUser(string sender, C3pRequest request, AddUserCommand command)
    {
        if (!IsThisConference(command.ConferenceUri))
        {
            return C3pError.ConferenceEntityInvalid;
        }

        if (!MayRun(sender))
        {
            return C3pError.NotAuthorized;
        }

        if (ConferenceChecks.FindFault(command.User) is { } fault)
        {
            return fault;
        }

        var role = command.User.Roles.Count == 0 ? ConferenceRoles.Attendee : command.User.Roles[0];
        if (_listed.Count >= limits.MaxListedUsers && !_listed.ContainsKey(command.User.Entity))
        {
            return request.Fail(C3pReasons.PolicyViolation);
        }

        _listed[Sip.SipUri.Parse(command.User.Entity).AddressOfRecord.Text] = role;
        return request.Succeed(new AddUserResult(command.ConferenceUri, command.User with { Roles = [role] }));
    }

    private ServerAnswer? Refuse(FocusJoin join)
    {
        var user = Find(join.Party.User);
        return this switch
        {
            { State: FocusState.Deleted } => ConferenceChecks.Refuse(C3pError.ConferenceUriInvalid),
            _ when !MayEnter(join.Party.User) => ConferenceChecks.Refuse(C3pError.NotAuthorized),
            _ when user is null && _users.Count >= limits.MaxUsers => new ServerAnswer(Sip.StatusCode.TemporarilyUnavailable, "Conference Full"),
            _ when user?.Endpoints.Count >= limits.MaxEndpointsPerUser => new ServerAnswer(Sip.StatusCode.TemporarilyUnavailable, "Too Many Endpoints"),
            _ => null,
        };
    }

    private bool MayEnter(string user) =>
        Profile.AdmissionPolicy == AdmissionPolicies.OpenAuthenticated || IsOrganizer(user) || _listed.ContainsKey(user);

    private string RoleOf(string user) =>
        IsOrganizer(user) ? ConferenceRoles.Presenter : _listed.GetValueOrDefault(user, ConferenceRoles.Attendee);

    private bool MayRun(string user) => IsOrganizer(user) || Find(user)?.IsPresenter == true;

    private bool IsOrganizer(string user) => user.Equals(Profile.Organizer, StringComparison.OrdinalIgnoreCase);

    private bool IsThisConference(string uri) => uri.Equals(Profile.Focus.Text, StringComparison.OrdinalIgnoreCase);

    private RosterUser? Find(string user) => _users.Find(one => one.Entity.Equals(user, StringComparison.OrdinalIgnoreCase));

    private (RosterUser? User, RosterEndpoint? Seat) Find(long id, bool isFocus)
    {
        foreach (var user in _users)
        {
            if (user.Endpoints.FirstOrDefault(endpoint => endpoint.IsFocus == isFocus && endpoint.Id == id) is { } seat)
            {
                return (user, seat);
            }
        }

        return (null, null);
    }

    // The client has lost its earlier dialog, or it would not use the same key again: what hung on that dialog is lost as well.
    private void Replace(RosterUser user, string endpoint, List<FocusEffect> effects)
    {
        var replaced = user.Remove(seat => seat.IsFocus && seat.Document.Entity.Equals(endpoint, StringComparison.OrdinalIgnoreCase));
        End(replaced, FocusDialogEnd.Replaced, effects);
        foreach (var seat in replaced)
        {
            Release(user, seat.Party, effects);
        }
    }

    // What hangs on the dialogs of an endpoint ends with the last of them.
    private void Release(RosterUser user, EndpointId party, List<FocusEffect> effects)
    {
        if (!user.HasFocusEndpoint(party))
        {
            End(user.Remove(endpoint => endpoint.Party == party), FocusDialogEnd.EndpointGone, effects);
            EndSubscriptions(party, effects);
        }
    }

    private static void End(IEnumerable<RosterEndpoint> endpoints, FocusDialogEnd reason, List<FocusEffect> effects)
    {
        foreach (var endpoint in endpoints)
        {
            effects.Add(endpoint.IsFocus ? new FocusEffect.EndDialog(endpoint.Id, reason) : new FocusEffect.EndLeg(endpoint.Id));
        }
    }

    private void Eject(RosterUser user, List<FocusEffect> effects)
    {
        _users.Remove(user);
        // The ejected hears of it too, before its subscriptions end: some clients learn it from the roster only.
        Publish(effects);
        foreach (var party in user.Endpoints.Select(endpoint => endpoint.Party).Distinct())
        {
            EndSubscriptions(party, effects);
        }

        End(user.Endpoints, FocusDialogEnd.Ejected, effects);
        Move(_users.Count == 0 ? FocusTrigger.LastUserLeft : null, effects);
    }

    // What remains of a user after a loss is told, or that nothing is left.
    private void Settle(RosterUser user, List<FocusEffect> effects)
    {
        if (!user.IsSeated)
        {
            _users.Remove(user);
        }

        Publish(effects);
        Move(_users.Count == 0 ? FocusTrigger.LastUserLeft : null, effects);
    }

    private ConferenceInfo Snapshot() => RosterDocuments.Snapshot(Profile, _users, limits.MaxUsers);

    private void Publish(List<FocusEffect> effects)
    {
        if (_subscriptions.Count == 0)
        {
            return;
        }

        var snapshot = Snapshot();
        foreach (var (id, subscription) in _subscriptions)
        {
            if (subscription.Notifications.Next(snapshot) is { } document)
            {
                effects.Add(new FocusEffect.Notify(id, document));
            }
        }
    }

    private void Move(FocusTrigger? trigger, List<FocusEffect> effects)
    {
        if (trigger is { } fired)
        {
            var previous = State;
            var row = _state.Fire(fired);
            effects.Add(new FocusEffect.StateChanged(previous, row.To, row.Reason));
        }
    }
}
