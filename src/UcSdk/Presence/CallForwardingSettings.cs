using UcSdk.Documents;

namespace UcSdk;

/// <summary>Where calls to the user go, at one moment ([MS-SIPRE] §3.9).</summary>
public sealed record CallForwardingSettings
{
    /// <summary>What happens besides, or instead of, the user's own endpoints ringing.</summary>
    public ForwardingMode Mode { get; init; }

    /// <summary>To whom calls go at once, or who rings too.</summary>
    public ForwardingParty Party { get; init; }

    /// <summary>The person or phone, where that is the party; otherwise null.</summary>
    public CallForwardingTarget? Target { get; init; }

    /// <summary>Where a call goes that nobody has answered: a person, a phone, or voice mail.</summary>
    public CallForwardingTarget Unanswered { get; init; } = CallForwardingTarget.VoiceMail;

    /// <summary>How long it rings until then, all ringing counted.</summary>
    public TimeSpan UnansweredAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the user's endpoints ring alone before team or delegates ring too.</summary>
    public TimeSpan RingDelay { get; init; }

    /// <summary>Whether all that holds in working hours only.</summary>
    public bool WorkHoursOnly { get; init; }

    /// <summary>Whether the user's own endpoints stay silent while delegates ring.</summary>
    public bool SkipsOwnEndpoints { get; init; }

    /// <summary>The team, addresses as they are on the wire.</summary>
    public ValueList<string> Team { get; init; } = [];

    /// <summary>The delegates, addresses as they are on the wire.</summary>
    public ValueList<string> Delegates { get; init; } = [];

    /// <summary>Mode and party; never whom.</summary>
    public override string ToString() => Mode == ForwardingMode.Off ? "off" : $"{Mode} {Party}";

    internal static CallForwardingSettings Of(CallRouting rules)
    {
        var forwarding = First(rules, RoutingLists.ForwardTo);
        var (mode, party, target) = Read(rules, forwarding);
        return new()
        {
            Mode = mode,
            Party = party,
            Target = target,
            Unanswered = mode != ForwardingMode.ForwardImmediately && rules.Has(RoutingFlags.EnableForwarding) && forwarding is not null
                ? forwarding
                : CallForwardingTarget.VoiceMail,
            UnansweredAfter = TimeSpan.FromSeconds(rules.Wait(RoutingWaits.Total) ?? 20),
            RingDelay = TimeSpan.FromSeconds(rules.Wait(RoutingWaits.User) ?? 0),
            WorkHoursOnly = rules.Has(RoutingFlags.WorkHours),
            SkipsOwnEndpoints = rules.Has(RoutingFlags.SkipPrimary),
            Team = Uris(rules, RoutingLists.Team),
            Delegates = Uris(rules, RoutingLists.Delegates),
        };
    }

    private static (ForwardingMode Mode, ForwardingParty Party, CallForwardingTarget? Target) Read(CallRouting rules, CallForwardingTarget? forwarding)
    {
        // Delegates alone ring: for the caller that is forwarding, though the rules know no list for it.
        if (rules.Has(RoutingFlags.ForwardImmediately) || (rules.Has(RoutingFlags.DelegateRing) && rules.Has(RoutingFlags.SkipPrimary)))
        {
            return rules.Has(RoutingFlags.DelegateRing) ? (ForwardingMode.ForwardImmediately, ForwardingParty.Delegates, null)
                : rules.Has(RoutingFlags.EnableForwarding) && forwarding is { Uri: not null } ? (ForwardingMode.ForwardImmediately, ForwardingParty.Target, forwarding)
                : (ForwardingMode.ForwardImmediately, ForwardingParty.VoiceMail, null);
        }

        return rules.Has(RoutingFlags.DelegateRing) ? (ForwardingMode.RingSimultaneously, ForwardingParty.Delegates, null)
            : rules.Has(RoutingFlags.TeamRing) ? (ForwardingMode.RingSimultaneously, ForwardingParty.Team, null)
            : rules.Has(RoutingFlags.SimultaneousRing) && First(rules, RoutingLists.SimultaneousRing) is { } also ? (ForwardingMode.RingSimultaneously, ForwardingParty.Target, also)
            : (ForwardingMode.Off, ForwardingParty.None, null);
    }

    private static CallForwardingTarget? First(CallRouting rules, string list) => rules.Targets(list) is { Count: > 0 } targets ? CallForwardingTarget.Of(targets[0]) : null;

    private static ValueList<string> Uris(CallRouting rules, string list) => ValueList.From(rules.Targets(list).Select(target => target.Uri).OfType<string>());
}
