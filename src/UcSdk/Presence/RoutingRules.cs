using UcSdk.Documents;

namespace UcSdk;

/// <summary>Changes rules for calls without touching what a change is not about ([MS-SIPRE] §3.9).</summary>
internal static class RoutingRules
{
    private static readonly uint[] Standard =
        [PresenceContainerIds.Settings, PresenceContainerIds.External, PresenceContainerIds.Company, PresenceContainerIds.Team, PresenceContainerIds.Personal];

    /// <summary>The rules for callers without rules of their own; null when the server has none.</summary>
    public static CallRouting? General(PublishedState state) => Find(state, PresenceContainerIds.Settings)
        ?? Standard.Select(container => Find(state, container)).FirstOrDefault(rules => rules is not null);

    /// <summary>
    /// The change, in every container that has rules, each on its own; where there are none, in all in which clients put them, with the blocked ones shut out.
    /// </summary>
    public static IEnumerable<CategoryPublication> Change(PublishedState state, Func<CallRouting, CallRouting> change)
    {
        var there = state.Named(PresenceCategoryNames.Routing)
            .Where(category => category.Instance == PublicationInstances.Routing && category.Container is not (null or PresenceContainerIds.Blocked) && category.Content is not null)
            .Select(category => category.Container!.Value)
            .Order()
            .ToList();
        foreach (var container in there.Count > 0 ? there : [.. Standard])
        {
            var before = Find(state, container);
            var after = change(before ?? new CallRouting());
            if (after != before)
            {
                yield return Publish(container, after);
            }
        }

        if (Find(state, PresenceContainerIds.Blocked) is null)
        {
            yield return Publish(PresenceContainerIds.Blocked, new CallRouting().WithFlag(RoutingFlags.Block, true));
        }
    }

    public static CallRouting TurnOff(CallRouting rules)
    {
        // The list for forwarding at once is the same as that for unanswered calls; it must not begin to mean the other.
        var wasImmediate = rules.Has(RoutingFlags.ForwardImmediately);
        rules = Quiet(rules);
        return wasImmediate ? rules.WithFlag(RoutingFlags.EnableForwarding, false).WithTargets(RoutingLists.ForwardTo) : rules;
    }

    public static CallRouting ForwardImmediately(CallRouting rules, CallForwardingTarget target) => Quiet(rules)
        .WithFlag(RoutingFlags.ForwardImmediately, true)
        .WithFlag(RoutingFlags.EnableForwarding, target.Uri is not null)
        .WithTargets(RoutingLists.ForwardTo, target.Uri is null ? [] : [target.ToRoutingTarget()]);

    public static CallRouting ForwardToDelegates(CallRouting rules) => TurnOff(rules)
        .WithFlag(RoutingFlags.DelegateRing, true)
        .WithFlag(RoutingFlags.SkipPrimary, true)
        .WithWait(RoutingWaits.User, 0);

    public static CallRouting RingToo(CallRouting rules, CallForwardingTarget target) => TurnOff(rules)
        .WithFlag(RoutingFlags.SimultaneousRing, true)
        .WithTargets(RoutingLists.SimultaneousRing, target.ToRoutingTarget());

    public static CallRouting RingGroup(CallRouting rules, string flag, TimeSpan delay) => TurnOff(rules)
        .WithFlag(flag, true)
        .WithWait(RoutingWaits.User, (uint)delay.TotalSeconds);

    public static CallRouting ForwardUnanswered(CallRouting rules, CallForwardingTarget target, TimeSpan after) => rules
        .WithFlag(RoutingFlags.EnableForwarding, target.Uri is not null)
        .WithTargets(RoutingLists.ForwardTo, target.Uri is null ? [] : [target.ToRoutingTarget()])
        .WithWait(RoutingWaits.Total, (uint)after.TotalSeconds);

    /// <summary>Another team or other delegates; without any, they ring no more.</summary>
    public static CallRouting WithGroup(CallRouting rules, string list, string flag, IReadOnlyList<RoutingTarget> targets)
    {
        rules = rules.WithTargets(list, targets);
        if (targets.Count > 0 || !rules.Has(flag))
        {
            return rules;
        }

        rules = rules.WithFlag(flag, false);
        return flag == RoutingFlags.DelegateRing ? rules.WithFlag(RoutingFlags.SkipPrimary, false) : rules;
    }

    private static CallRouting Quiet(CallRouting rules) => rules
        .WithFlag(RoutingFlags.ForwardImmediately, false)
        .WithFlag(RoutingFlags.SimultaneousRing, false)
        .WithFlag(RoutingFlags.TeamRing, false)
        .WithFlag(RoutingFlags.DelegateRing, false)
        .WithFlag(RoutingFlags.SkipPrimary, false);

    private static CallRouting? Find(PublishedState state, uint container) =>
        CallRouting.Of(state.Find(new(PresenceCategoryNames.Routing, PublicationInstances.Routing, container))?.Content);

    private static CategoryPublication Publish(uint container, CallRouting rules) =>
        new(PresenceCategoryNames.Routing, PublicationInstances.Routing, container) { ExpireType = PresenceExpireType.Static, Content = rules.ToElement() };
}
