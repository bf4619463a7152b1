using System.Globalization;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// What the server makes of the states that all endpoints of a user report ([MS-PRES] §3.8.5.1; the activity by §3.8.5.1.2.3 to the letter). The availability is the
/// user's own choice, where there is one, and whatever was reported after it and says less; a machine that rests turns available into idle or away, busy into busy and idle.
/// </summary>
internal static class AggregatedPresence
{
    /// <summary>The instance of <c>aggregateMachineState</c>.</summary>
    public const uint MachineInstance = 0;

    /// <summary>The instance of <c>aggregateState</c>.</summary>
    public const uint StateInstance = 1;

    // What tells where somebody is and by what: of the machine that was used last, else as the user said it.
    private static readonly string[] Places = ["endpointLocation", "timeZoneBias", "timeZoneName", "timeZoneAbbreviation", "device"];

    /// <summary>The state to be shown.</summary>
    /// <param name="states">What was reported in one container of aggregation.</param>
    /// <param name="isSignedIn">Whether the user has an endpoint, or somebody speaks for one.</param>
    public static DocumentElement Aggregate(IReadOnlyList<ReportedState> states, bool isSignedIn)
    {
        var machine = MostActive(states);
        if ((!isSignedIn && machine is null) || states.Count == 0)
        {
            return Create("aggregateState", PresenceAvailabilities.Offline, []);
        }

        var user = states.Where(state => state.Type == ReportedState.User).MaxBy(state => state.Since);
        // Of what the user knew when choosing, nothing holds any more but the machines.
        var current = states.Where(state => state == user || state.Type == ReportedState.Machine || (state.Type != ReportedState.User && !(state.Since < user?.Since))).ToArray();
        var chosen = current.Where(state => state.Type != ReportedState.Machine).Select(state => state.Availability).DefaultIfEmpty(0u).Max();
        var isResting = machine is not null && IsRest(machine.Availability);
        var availability = Combine(chosen, machine?.Availability ?? PresenceAvailabilities.None, isResting);
        var shown = current
            .Where(state => state.IsActivityOf(availability))
            .OrderByDescending(state => state.MinAvailability)
            .ThenByDescending(state => state.Since)
            .FirstOrDefault();
        var details = new List<DocumentElement>();
        Add(details, shown?.Activity);
        details.AddRange(Places.Select(name => machine?.Element.Child(name) ?? user?.Element.Child(name)).OfType<DocumentElement>());
        var meeting = shown ?? current.Where(state => state.Availability == chosen).MaxBy(state => state.Since);
        Add(details, meeting?.Element.Child("meetingSubject"));
        Add(details, meeting?.Element.Child("meetingLocation"));
        return Create("aggregateState", availability, details, isResting ? machine!.Since : null, isManual: user is not null && chosen == user.Availability && availability == chosen);
    }

    /// <summary>Which machine is used most; null when none has said anything.</summary>
    public static DocumentElement? AggregateMachine(IReadOnlyList<ReportedState> states) =>
        MostActive(states) is { } machine ? Create("aggregateMachineState", machine.Availability, [], endpoint: machine.Endpoint) : null;

    /// <summary>The machine with the lowest number, of several the one that spoke last: active, inactive, away, off ([MS-PRES] §3.8.5.1.2.1).</summary>
    public static ReportedState? MostActive(IEnumerable<ReportedState> states) => states
        .Where(state => state.Type == ReportedState.Machine)
        .OrderBy(state => state.Availability)
        .ThenByDescending(state => state.Since)
        .FirstOrDefault();

    // Some clients say by the machine's state too that their user is busy: such a machine does not rest.
    private static bool IsRest(uint machine) => PresenceAvailabilities.ClassOf(machine) is PresenceAvailabilityClass.AvailableIdle
        or PresenceAvailabilityClass.BusyIdle or PresenceAvailabilityClass.BeRightBack or PresenceAvailabilityClass.Away or PresenceAvailabilityClass.Offline;

    private static uint Combine(uint chosen, uint machine, bool isResting) => PresenceAvailabilities.ClassOf(chosen) switch
    {
        PresenceAvailabilityClass.None or PresenceAvailabilityClass.Available or PresenceAvailabilityClass.AvailableIdle => Math.Max(chosen, machine),
        PresenceAvailabilityClass.Busy when isResting => PresenceAvailabilities.BusyIdle,
        _ => chosen,
    };

    private static void Add(List<DocumentElement> details, DocumentElement? element)
    {
        if (element is not null)
        {
            details.Add(element);
        }
    }

    private static DocumentElement Create(
        string type, uint availability, IEnumerable<DocumentElement> details, DateTimeOffset? lastActive = null, bool isManual = false, string? endpoint = null) =>
        new ElementBuilder(Namespaces.PresenceState, "state")
            .Attribute("type", type, Namespaces.SchemaInstance)
            .Attribute("manual", isManual ? "true" : null)
            .Attribute("lastActive", lastActive?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            .Attribute("endpointId", endpoint)
            .Leaf("availability", availability)
            .Children(details)
            .Build();
}
