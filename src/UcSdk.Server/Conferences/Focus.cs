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
        user.Endpoints.Add(new RosterEndpoint(join.Dialog, join.Party, new ConferenceEndpoint(join.Endpoint)
        {
            SessionType = ConferenceEntityTypes.Focus,
            Status = EndpointStatuses.Connected,
            JoiningMethod = JoiningMethods.DialedIn,
            AuthMethod = "enterprise",
            AccessMethod = "internal",
            ClientInfo = join.ClientInfo,
        }));
        Publish(user, effects);
        return true;
    }

    /// <summary>The dialog has ended, whoever ended it: its endpoint leaves, and what hangs on it with it.</summary>
    public void Leave(long dialog, List<FocusEffect> effects)
    {
        foreach (var user in _users)
        {
            if (user.Endpoints.Find(endpoint => endpoint.IsFocus && endpoint.Id == dialog) is { } seat)
            {
                user.Endpoints.Remove(seat);
                Release(user, seat.Party, effects);
                Settle(user, effects);
                return;
            }
        }
    }

    /// <summary>The endpoint is no longer registered: everything of it is ended from this side.</summary>
    public void Drop(EndpointId party, List<FocusEffect> effects)
    {
        EndSubscriptions(party, effects);
        if (Find(party.User) is not { } user || !user.Endpoints.Exists(endpoint => endpoint.Party == party))
        {
            return;
        }

        EndLegs(user, party, effects);
        foreach (var seat in user.Endpoints.FindAll(endpoint => endpoint.Party == party))
        {
            user.Endpoints.Remove(seat);
            effects.Add(new FocusEffect.EndDialog(seat.Id, FocusDialogEnd.EndpointGone));
        }

        Settle(user, effects);
    }

    /// <summary>Whether the endpoint sits in the conference, and so may watch the roster and use the MCUs.</summary>
    public bool Has(EndpointId party) => Find(party.User)?.HasFocusEndpoint(party) == true;

    /// <summary>Begins a subscription of an endpoint that <see cref="Has"/>; the result is its first notification.</summary>
    public ConferenceInfo Subscribe(long subscription, EndpointId party)
    {
        _subscriptions.Add(subscription, new RosterSubscription(party));
        return Refresh(subscription);
    }

    /// <summary>The whole roster for a subscription, as every SUBSCRIBE must be answered (RFC 6665 §4.2.1.2).</summary>
    public ConferenceInfo Refresh(long subscription) => RosterDocuments.Full(
        Profile, _users, State == FocusState.Active, limits.MaxUsers, _subscriptions[subscription].NextVersion());

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

        foreach (var old in user.Endpoints.FindAll(one => one.Party == party && one.Document.SessionType == endpoint.SessionType))
        {
            user.Endpoints.Remove(old);
            effects.Add(new FocusEffect.EndLeg(old.Id));
        }

        user.Endpoints.Add(new RosterEndpoint(leg, party, endpoint));
        Publish(user, effects);
        return true;
    }

    /// <summary>What a leg carries has changed.</summary>
    public void UpdateLeg(long leg, ValueList<ConferenceMedia> media, List<FocusEffect> effects)
    {
        if (FindLeg(leg) is ({ } user, var at) && !user.Endpoints[at].Document.Media.Equals(media))
        {
            var endpoint = user.Endpoints[at];
            user.Endpoints[at] = endpoint with { Document = endpoint.Document with { Media = media } };
            Publish(user, effects);
        }
    }

    /// <summary>The leg is gone, whoever ended it.</summary>
    public void DisconnectLeg(long leg, List<FocusEffect> effects)
    {
        if (FindLeg(leg) is ({ } user, var at))
        {
            user.Endpoints.RemoveAt(at);
            Publish(user, effects);
        }
    }

    /// <summary>Executes a command of somebody in the conference ([MS-CONFBAS] §3.3.5).</summary>
    /// <param name="sender">The address of record of the sender.</param>
    /// <param name="request">The request; its <c>from</c> and <c>to</c> have been checked.</param>
    /// <param name="response">The final response.</param>
    /// <param name="refusal">Why there is no response but a SIP error.</param>
    /// <param name="effects">What else is to be done.</param>
    public bool TryExecute(string sender, C3pRequest request, out C3pResponse response, out C3pError refusal, List<FocusEffect> effects)
    {
        response = null!;
        refusal = null!;
        (C3pResponse? Response, C3pError? Refusal) outcome = request.Command switch
        {
            { McuUri: not null } and (DeleteUserCommand or DeleteConferenceCommand) => (null, C3pError.McuNotAllowed),
            DeleteUserCommand command => DeleteUser(sender, request, command, effects),
            DeleteConferenceCommand command => DeleteConference(sender, request, command, effects),
            AddUserCommand { McuUri: null, User.Endpoints.Count: 0 } command => ListUser(sender, request, command),
            _ => (request.Fail(C3pReasons.NotSupported), null),
        };
        return outcome.Response is { } made ? (response = made) is not null : (refusal = outcome.Refusal!) is null;
    }

    /// <summary>Ends the conference for everybody.</summary>
    public void Delete(List<FocusEffect> effects)
    {
        foreach (var (id, subscription) in _subscriptions)
        {
            effects.Add(new FocusEffect.EndSubscription(id, RosterDocuments.Deleted(Profile, subscription.NextVersion())));
        }

        _subscriptions.Clear();
        foreach (var endpoint in _users.SelectMany(user => user.Endpoints))
        {
            effects.Add(endpoint.IsFocus ? new FocusEffect.EndDialog(endpoint.Id, FocusDialogEnd.ConferenceDeleted) : new FocusEffect.EndLeg(endpoint.Id));
        }

        _users.Clear();
        Move(FocusTrigger.Delete, effects);
    }

    private (C3pResponse?, C3pError?) DeleteUser(string sender, C3pRequest request, DeleteUserCommand command, List<FocusEffect> effects)
    {
        if (!IsThisConference(command.ConferenceUri))
        {
            return (null, C3pError.ConferenceEntityInvalid);
        }

        var target = Find(command.UserUri);
        if (!MayRun(sender) && !sender.Equals(command.UserUri, StringComparison.OrdinalIgnoreCase))
        {
            return (null, C3pError.NotAuthorized);
        }

        if (target is null)
        {
            return (request.Fail(C3pReasons.UserDoesNotExist), null);
        }

        Eject(target, effects);
        return (request.Succeed(new DeleteUserResult { ConferenceUri = command.ConferenceUri, UserUri = command.UserUri }), null);
    }

    private (C3pResponse?, C3pError?) DeleteConference(string sender, C3pRequest request, DeleteConferenceCommand command, List<FocusEffect> effects)
    {
        if (!IsThisConference(command.ConferenceUri))
        {
            return (null, C3pError.ConferenceEntityInvalid);
        }

        if (!MayRun(sender))
        {
            return (null, C3pError.NotAuthorized);
        }

        Delete(effects);
        return (request.Succeed(new DeleteConferenceResult(command.ConferenceUri)), null);
    }

    /// <summary>addUser without an endpoint: the user is let in when it comes, also into a closed conference.</summary>
    private (C3pResponse?, C3pError?) ListUser(string sender, C3pRequest request, AddUserCommand command)
    {
        if (!IsThisConference(command.ConferenceUri))
        {
            return (null, C3pError.ConferenceEntityInvalid);
        }

        if (!MayRun(sender))
        {
            return (null, C3pError.NotAuthorized);
        }

        if (ConferenceChecks.FindFault(command.User) is { } fault)
        {
            return (null, fault);
        }

        var role = command.User.Roles.Count == 0 ? ConferenceRoles.Attendee : command.User.Roles[0];
        if (_listed.Count >= limits.MaxListedUsers && !_listed.ContainsKey(command.User.Entity))
        {
            return (request.Fail(C3pReasons.PolicyViolation), null);
        }

        _listed[Sip.SipUri.Parse(command.User.Entity).AddressOfRecord.Text] = role;
        return (request.Succeed(new AddUserResult(command.ConferenceUri, command.User with { Roles = [role] })), null);
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

    private (RosterUser? User, int At) FindLeg(long leg)
    {
        foreach (var user in _users)
        {
            if (user.Endpoints.FindIndex(endpoint => !endpoint.IsFocus && endpoint.Id == leg) is var at and >= 0)
            {
                return (user, at);
            }
        }

        return (null, -1);
    }

    // The client has lost its earlier dialog, or it would not use the same key again: what hung on that dialog is lost as well.
    private void Replace(RosterUser user, string endpoint, List<FocusEffect> effects)
    {
        if (user.Endpoints.Find(seat => seat.IsFocus && seat.Document.Entity.Equals(endpoint, StringComparison.OrdinalIgnoreCase)) is { } old)
        {
            user.Endpoints.Remove(old);
            effects.Add(new FocusEffect.EndDialog(old.Id, FocusDialogEnd.Replaced));
            Release(user, old.Party, effects);
        }
    }

    private void Release(RosterUser user, EndpointId party, List<FocusEffect> effects)
    {
        if (!user.HasFocusEndpoint(party))
        {
            EndLegs(user, party, effects);
            EndSubscriptions(party, effects);
        }
    }

    private static void EndLegs(RosterUser user, EndpointId party, List<FocusEffect> effects)
    {
        foreach (var leg in user.Endpoints.FindAll(endpoint => !endpoint.IsFocus && endpoint.Party == party))
        {
            user.Endpoints.Remove(leg);
            effects.Add(new FocusEffect.EndLeg(leg.Id));
        }
    }

    private void Eject(RosterUser user, List<FocusEffect> effects)
    {
        _users.Remove(user);
        // The ejected hears of it too, before its subscriptions end: some clients learn it from the roster only.
        Publish([user.ToDeletion()], effects);
        foreach (var party in user.Endpoints.Select(endpoint => endpoint.Party).Distinct())
        {
            EndSubscriptions(party, effects);
        }

        foreach (var endpoint in user.Endpoints)
        {
            effects.Add(endpoint.IsFocus ? new FocusEffect.EndDialog(endpoint.Id, FocusDialogEnd.Ejected) : new FocusEffect.EndLeg(endpoint.Id));
        }

        Move(_users.Count == 0 ? FocusTrigger.LastUserLeft : null, effects);
    }

    // What remains of a user after a loss: all of it is told, or that nothing is left.
    private void Settle(RosterUser user, List<FocusEffect> effects)
    {
        if (user.Endpoints.Exists(endpoint => endpoint.IsFocus))
        {
            Publish(user, effects);
            return;
        }

        _users.Remove(user);
        Publish([user.ToDeletion()], effects);
        Move(_users.Count == 0 ? FocusTrigger.LastUserLeft : null, effects);
    }

    private void Publish(RosterUser user, List<FocusEffect> effects) => Publish([user.ToDocument()], effects);

    private void Publish(ConferenceUser[] changed, List<FocusEffect> effects)
    {
        foreach (var (id, subscription) in _subscriptions)
        {
            var document = RosterDocuments.Change(Profile, changed, _users.Count, _users.Count > 0, subscription.NextVersion());
            effects.Add(new FocusEffect.Notify(id, document));
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
