using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// One conference: who is in it, in which role, with which endpoints, and who watches the roster ([MS-CONFBAS] §3.3). Sans-IO: joins,
/// commands, subscriptions and losses in, answers and <see cref="FocusEffect"/>s out. Dialogs, legs and subscriptions are numbers here.
/// </summary>
internal sealed class Focus
{
    private readonly ConferenceLimits _limits;
    private readonly StateMachine<FocusState, FocusTrigger, FocusReason> _state = new(FocusStates.Table, FocusState.Inactive);
    private readonly List<RosterUser> _users = [];
    private readonly ConferenceAdmission _admission;

    public Focus(ConferenceProfile profile, ConferenceLimits limits)
    {
        _limits = limits;
        _admission = new(profile, limits);
        Profile = profile;
        Subscriptions = new RosterSubscriptions(profile.Focus.Text, () => RosterDocuments.Snapshot(profile, _users, limits.MaxUsers));
    }

    public ConferenceProfile Profile { get; }

    public FocusState State => _state.State;

    /// <summary>Who watches. Only who is in the conference may (<see cref="Has"/>).</summary>
    public RosterSubscriptions Subscriptions { get; }

    public int UserCount => _users.Count;

    public int DialogCount => _users.Sum(user => user.Endpoints.Count(endpoint => endpoint.IsFocus));

    public int LegCount => _users.Sum(user => user.Endpoints.Count(endpoint => !endpoint.IsFocus));

    public int MaxUsers => _limits.MaxUsers;

    /// <summary>Users whom the IM MCU calls into the chat just now.</summary>
    public int DialOuts { get; set; }

    /// <summary>Lets an endpoint in, if its user may come.</summary>
    /// <param name="join">Who and with which dialog.</param>
    /// <param name="role">The granted role.</param>
    /// <param name="refusal">Why not.</param>
    /// <param name="effects">What else is to be done.</param>
    public bool TryJoin(FocusJoin join, out string role, out ServerAnswer refusal, List<FocusEffect> effects)
    {
        role = _admission.RoleOf(join.Party.User);
        refusal = Refuse(join)!;
        if (refusal is not null)
        {
            return false;
        }

        var user = Find(join.Party.User);
        if (user is null)
        {
            user = Enter(join.Party.User, join.DisplayName, effects);
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
        Subscriptions.Publish(effects);
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
        Subscriptions.End(party, effects);
        if (Find(party.User) is { } user && user.Remove(endpoint => endpoint.Party == party) is { Count: > 0 } removed)
        {
            End(removed, FocusDialogEnd.EndpointGone, effects);
            Settle(user, effects);
        }
    }

    /// <summary>Whether the endpoint sits in the conference, and so may watch the roster and use the MCUs.</summary>
    public bool Has(EndpointId party) => Find(party.User)?.HasFocusEndpoint(party) == true;

    /// <summary>
    /// A leg of an MCU is up: the endpoint appears in the roster. A second leg of the same party to the same MCU takes the place of the
    /// first. False when the party has left meanwhile or its user has too many endpoints.
    /// </summary>
    public bool TryConnectLeg(long leg, EndpointId party, ConferenceEndpoint endpoint, List<FocusEffect> effects) =>
        Find(party.User) is { } user && user.HasFocusEndpoint(party) && TryAddLeg(user, new(leg, party, endpoint), effects);

    /// <summary>
    /// A leg that the MCU has called is up ([MS-CONFBAS] §2.2.3.15): its user is in the roster by that alone, and goes with it. False when the conference is full or over.
    /// </summary>
    public bool TryConnectCalledLeg(long leg, EndpointId party, string displayName, ConferenceEndpoint endpoint, List<FocusEffect> effects)
    {
        var user = Find(party.User);
        return State != FocusState.Deleted && (user is not null || _users.Count < _limits.MaxUsers)
            && TryAddLeg(user ?? Enter(party.User, displayName, effects), new(leg, party, endpoint), effects);
    }

    /// <summary>What a leg carries has changed.</summary>
    public void UpdateLeg(long leg, ValueList<ConferenceMedia> media, List<FocusEffect> effects)
    {
        if (Find(leg, isFocus: false) is ({ } user, { } seat))
        {
            user.Replace(seat, seat with { Document = seat.Document with { Media = media } });
            Subscriptions.Publish(effects);
        }
    }

    /// <summary>The leg is gone, whoever ended it.</summary>
    public void DisconnectLeg(long leg, List<FocusEffect> effects)
    {
        if (Find(leg, isFocus: false) is ({ } user, { } seat))
        {
            user.Remove(endpoint => endpoint == seat);
            Settle(user, effects);
        }
    }

    /// <summary>Whether the URI, which a command names, is this conference's.</summary>
    public bool IsNamed(string uri) => uri.Equals(Profile.Focus.Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the user may give commands that concern others.</summary>
    public bool MayRun(string user) => _admission.IsOrganizer(user) || Find(user)?.IsPresenter == true;

    /// <summary>The role of a user: the one it has here, else the one that it gets when it comes.</summary>
    public string RoleOf(string user) => Find(user)?.Role ?? _admission.RoleOf(user);

    /// <summary>Lets a user in beforehand, with a role; false past the limit.</summary>
    public bool TryList(string user, string role) => _admission.TryList(user, role);

    /// <summary>Puts a user out; false when there is no such user.</summary>
    public bool TryEject(string entity, List<FocusEffect> effects)
    {
        if (Find(entity) is not { } user)
        {
            return false;
        }

        _users.Remove(user);
        // The ejected hears of it too, before its subscriptions end: some clients learn it from the roster only.
        Subscriptions.Publish(effects);
        foreach (var party in user.Endpoints.Select(endpoint => endpoint.Party).Distinct())
        {
            Subscriptions.End(party, effects);
        }

        End(user.Endpoints, FocusDialogEnd.Ejected, effects);
        DeactivateIfEmpty(effects);
        return true;
    }

    /// <summary>Ends the conference for everybody.</summary>
    public void Delete(List<FocusEffect> effects)
    {
        Subscriptions.EndAll(effects);
        End(_users.SelectMany(user => user.Endpoints), FocusDialogEnd.ConferenceDeleted, effects);
        _users.Clear();
        Move(FocusTrigger.Delete, effects);
    }

    private bool TryAddLeg(RosterUser user, RosterEndpoint leg, List<FocusEffect> effects)
    {
        bool IsReplaced(RosterEndpoint one) => one.Party == leg.Party && one.Document.SessionType == leg.Document.SessionType;
        if (!HasRoom(user, IsReplaced))
        {
            return false;
        }

        End(user.Remove(IsReplaced), FocusDialogEnd.Replaced, effects);
        user.Add(leg);
        Subscriptions.Publish(effects);
        return true;
    }

    private RosterUser Enter(string entity, string displayName, List<FocusEffect> effects)
    {
        var user = new RosterUser(entity, displayName, _admission.RoleOf(entity));
        _users.Add(user);
        if (_users.Count == 1)
        {
            Move(FocusTrigger.FirstUserJoined, effects);
        }

        return user;
    }

    private ServerAnswer? Refuse(FocusJoin join)
    {
        var user = Find(join.Party.User);
        return this switch
        {
            { State: FocusState.Deleted } => ConferenceChecks.Refuse(C3pError.ConferenceUriInvalid),
            _ when !_admission.Permits(join.Party.User) => ConferenceChecks.Refuse(C3pError.NotAuthorized),
            _ when user is null && _users.Count >= _limits.MaxUsers => new ServerAnswer(Sip.StatusCode.TemporarilyUnavailable, "Conference Full"),
            _ when user is not null && !HasRoom(user, seat => IsSeat(seat, join.Endpoint)) => new ServerAnswer(Sip.StatusCode.TemporarilyUnavailable, "Too Many Endpoints"),
            _ => null,
        };
    }

    private static bool IsSeat(RosterEndpoint seat, string endpoint) =>
        seat.IsFocus && seat.Document.Entity.Equals(endpoint, StringComparison.OrdinalIgnoreCase);

    private bool HasRoom(RosterUser user, Func<RosterEndpoint, bool> isReplaced) =>
        user.Endpoints.Count(endpoint => !isReplaced(endpoint)) < _limits.MaxEndpointsPerUser;

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
        var replaced = user.Remove(seat => IsSeat(seat, endpoint));
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
            Subscriptions.End(party, effects);
        }
    }

    private static void End(IEnumerable<RosterEndpoint> endpoints, FocusDialogEnd reason, List<FocusEffect> effects)
    {
        foreach (var endpoint in endpoints)
        {
            effects.Add(endpoint.IsFocus ? new FocusEffect.EndDialog(endpoint.Id, reason) : new FocusEffect.EndLeg(endpoint.Id));
        }
    }

    // What remains of a user after a loss is told, or that nothing is left.
    private void Settle(RosterUser user, List<FocusEffect> effects)
    {
        if (user.Endpoints.Count == 0)
        {
            _users.Remove(user);
        }

        Subscriptions.Publish(effects);
        DeactivateIfEmpty(effects);
    }

    private void DeactivateIfEmpty(List<FocusEffect> effects)
    {
        if (_users.Count == 0)
        {
            Move(FocusTrigger.LastUserLeft, effects);
        }
    }

    private void Move(FocusTrigger trigger, List<FocusEffect> effects)
    {
        var previous = State;
        var row = _state.Fire(trigger);
        effects.Add(new FocusEffect.StateChanged(previous, row.To, row.Reason));
    }
}
