using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// Where calls to the user go: the rules that the server keeps for the user and acts on (category routing, [MS-SIPRE] §3.9). Read, changed and observed; flags, lists and
/// waits that this library does not know stay as they are, and so do the differences between containers. What is changed elsewhere meanwhile is not lost: after a conflict the
/// change is made again on what is there then.
/// </summary>
public sealed class CallForwarding
{
    /// <summary>The longest delay of team and delegates: 55 s.</summary>
    public static readonly TimeSpan MaxRingDelay = TimeSpan.FromSeconds(55);

    /// <summary>The shortest time until a call counts as unanswered: 5 s.</summary>
    public static readonly TimeSpan MinUnansweredAfter = TimeSpan.FromSeconds(5);

    /// <summary>The longest time until a call counts as unanswered: 60 s.</summary>
    public static readonly TimeSpan MaxUnansweredAfter = TimeSpan.FromSeconds(60);

    private readonly ModelContext _context;
    private readonly OwnPresence _wire;
    private readonly ChangeStream<CallForwardingChange> _changes;
    private volatile CallForwardingSettings _settings = new();

    internal CallForwarding(ModelContext context, OwnPresence wire)
    {
        _context = context;
        _wire = wire;
        _changes = new(context.Observers, "Self.CallForwarding");
    }

    /// <summary>The rules as the server has them; where it has none, all is off and unanswered calls go to voice mail.</summary>
    public CallForwardingSettings Settings => _settings;

    /// <summary>Changes of the rules, also those that another endpoint of the user made. Ends when the client is disposed.</summary>
    public IObservable<CallForwardingChange> Changes => _changes;

    /// <summary>Neither forwards nor rings elsewhere; what happens to unanswered calls stays.</summary>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task TurnOffAsync(CancellationToken cancellationToken = default) => ChangeAsync(nameof(TurnOffAsync), RoutingRules.TurnOff, cancellationToken);

    /// <summary>Forwards calls at once.</summary>
    /// <param name="target">Where to: a person, a phone, or voice mail.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task ForwardImmediatelyAsync(CallForwardingTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return ChangeAsync(nameof(ForwardImmediatelyAsync), rules => RoutingRules.ForwardImmediately(rules, target), cancellationToken);
    }

    /// <summary>Forwards calls to the delegates at once; the user's own endpoints stay silent.</summary>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The connection is gone, or the user has no delegates.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task ForwardImmediatelyToDelegatesAsync(CancellationToken cancellationToken = default) =>
        DemandAnyAsync(_settings.Delegates, "without delegates", nameof(ForwardImmediatelyToDelegatesAsync), RoutingRules.ForwardToDelegates, cancellationToken);

    /// <summary>Has a person or a phone ring too.</summary>
    /// <param name="target">Who; not voice mail.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">Voice mail does not ring.</exception>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task RingSimultaneouslyAsync(CallForwardingTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Uri is null)
        {
            throw new ArgumentException("Voice mail does not ring.", nameof(target));
        }

        return ChangeAsync(nameof(RingSimultaneouslyAsync), rules => RoutingRules.RingToo(rules, target), cancellationToken);
    }

    /// <summary>Has the team ring too.</summary>
    /// <param name="ringDelay">How long the user's own endpoints ring alone; 0 to 55 s.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay.</exception>
    /// <exception cref="InvalidStateException">The connection is gone, or the user has no team.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task RingTeamSimultaneouslyAsync(TimeSpan ringDelay, CancellationToken cancellationToken = default)
    {
        RequireDelay(ringDelay);
        return DemandAnyAsync(
            _settings.Team, "without team", nameof(RingTeamSimultaneouslyAsync), rules => RoutingRules.RingGroup(rules, RoutingFlags.TeamRing, ringDelay), cancellationToken);
    }

    /// <summary>Has the delegates ring too.</summary>
    /// <param name="ringDelay">How long the user's own endpoints ring alone; 0 to 55 s.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay.</exception>
    /// <exception cref="InvalidStateException">The connection is gone, or the user has no delegates.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task RingDelegatesSimultaneouslyAsync(TimeSpan ringDelay, CancellationToken cancellationToken = default)
    {
        RequireDelay(ringDelay);
        return DemandAnyAsync(
            _settings.Delegates,
            "without delegates",
            nameof(RingDelegatesSimultaneouslyAsync),
            rules => RoutingRules.RingGroup(rules, RoutingFlags.DelegateRing, ringDelay),
            cancellationToken);
    }

    /// <summary>Says where a call goes that nobody has answered.</summary>
    /// <param name="target">A person, a phone, or voice mail.</param>
    /// <param name="after">How long it rings before, all ringing counted; 5 to 60 s.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time.</exception>
    /// <exception cref="InvalidStateException">The connection is gone, or calls are forwarded at once.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task ForwardUnansweredAsync(CallForwardingTarget target, TimeSpan after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(after, MinUnansweredAfter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(after, MaxUnansweredAfter);
        if (_settings is { Mode: ForwardingMode.ForwardImmediately, Party: ForwardingParty.Target })
        {
            // There is one list for both, so the one would take the place of the other.
            throw new InvalidStateException("CallForwarding", _settings.ToString(), nameof(ForwardUnansweredAsync));
        }

        return ChangeAsync(nameof(ForwardUnansweredAsync), rules => RoutingRules.ForwardUnanswered(rules, target, after), cancellationToken);
    }

    /// <summary>Unanswered calls go to voice mail after 20 s again.</summary>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The connection is gone, or calls are forwarded at once.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task ResetUnansweredAsync(CancellationToken cancellationToken = default) =>
        ForwardUnansweredAsync(CallForwardingTarget.VoiceMail, TimeSpan.FromSeconds(20), cancellationToken);

    /// <summary>Says who is in the team.</summary>
    /// <param name="members">Their addresses, <c>sip:user@domain</c>; none dissolves it.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">An address is none of a user.</exception>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetTeamAsync(IEnumerable<string> members, CancellationToken cancellationToken = default) =>
        SetListAsync(nameof(SetTeamAsync), RoutingLists.Team, RoutingFlags.TeamRing, members, cancellationToken);

    /// <summary>Says who the delegates are.</summary>
    /// <param name="delegates">Their addresses, <c>sip:user@domain</c>; none dismisses them.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">An address is none of a user.</exception>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetDelegatesAsync(IEnumerable<string> delegates, CancellationToken cancellationToken = default) =>
        SetListAsync(nameof(SetDelegatesAsync), RoutingLists.Delegates, RoutingFlags.DelegateRing, delegates, cancellationToken);

    /// <summary>Says whether all that holds in working hours only.</summary>
    /// <param name="only">True for working hours, false for always.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetWorkHoursOnlyAsync(bool only, CancellationToken cancellationToken = default) =>
        ChangeAsync(nameof(SetWorkHoursOnlyAsync), rules => rules.WithFlag(RoutingFlags.WorkHours, only), cancellationToken);

    internal void Show()
    {
        var settings = CallForwardingSettings.Of(RoutingRules.General(_wire.State) ?? new CallRouting());
        var previous = _settings;
        if (settings != previous)
        {
            _settings = settings;
            _changes.Publish(new(previous, settings, _context.WallClock));
        }
    }

    internal void Complete() => _changes.Complete();

    private static void RequireDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, MaxRingDelay);
    }

    private Task SetListAsync(string operation, string list, string flag, IEnumerable<string> members, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(members);
        var targets = members.Select(member => new RoutingTarget(UserAddress.Parse(member, nameof(members)).Text)).ToList();
        return ChangeAsync(operation, rules => RoutingRules.WithGroup(rules, list, flag, targets), cancellationToken);
    }

    private Task DemandAnyAsync(ValueList<string> group, string state, string operation, Func<CallRouting, CallRouting> change, CancellationToken cancellationToken) =>
        group.Count > 0 ? ChangeAsync(operation, change, cancellationToken) : throw new InvalidStateException("CallForwarding", state, operation);

    private Task ChangeAsync(string operation, Func<CallRouting, CallRouting> change, CancellationToken cancellationToken) => _context.Loop.InvokeAsync(
        () => _wire.PublishAsync(operation, state => RoutingRules.Change(state, change), buildsOn: true, cancellationToken));
}
