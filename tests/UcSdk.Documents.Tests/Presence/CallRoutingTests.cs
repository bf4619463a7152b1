namespace UcSdk.Documents.Tests;

public sealed class CallRoutingTests
{
    [Fact]
    public void The_references_rules_are_understood()
    {
        var routing = CallRouting.Of(PresenceContentTests.Content("routing"))!;

        Assert.Equal(("rtcdefault", 2u, "4.0.0.0"), (routing.Name, routing.Version, routing.MinSupportedClientVersion));
        Assert.Equal([RoutingFlags.SimultaneousRing], routing.Flags);
        Assert.Equal([new("total", 20), new("user", 0), new("team1", 0), new("team2", 0)], routing.Waits);
        Assert.Equal([new RoutingTarget("sip:+12065551111@contoso.com;user=phone")], routing.Targets(RoutingLists.SimultaneousRing));
        Assert.Empty(routing.Targets(RoutingLists.ForwardTo));
        Assert.Equal((20u, null), (routing.Wait(RoutingWaits.Total), routing.Wait("unheard-of")));
    }

    [Fact]
    public void Rules_are_changed_one_by_one_and_the_others_stay_where_they_were()
    {
        var routing = CallRouting.Of(PresenceContentTests.Content("routing"))!
            .WithFlag(RoutingFlags.EnableForwarding, true)
            .WithFlag(RoutingFlags.SimultaneousRing, false)
            .WithWait(RoutingWaits.User, 5)
            .WithWait(RoutingWaits.Team1, null)
            .WithTargets(RoutingLists.ForwardTo, new RoutingTarget(null, RoutingTarget.Voicemail))
            .WithTargets(RoutingLists.SimultaneousRing);

        Assert.Equal(
            """<routing xmlns="http://schemas.microsoft.com/02/2006/sip/routing" name="rtcdefault" version="2" minSupportedClientVersion="4.0.0.0"><preamble><flags name="clientflags" value="enablecf"/><wait name="total" seconds="20"/><wait name="user" seconds="5"/><wait name="team2" seconds="0"/><list name="forwardto"><target application="voicemail"/></list></preamble></routing>""",
            TestDocuments.Text(routing.ToElement().ToBytes()));
        Assert.Same(routing, routing.WithFlag(RoutingFlags.EnableForwarding, true));
    }

    [Fact]
    public void What_is_not_known_of_the_rules_survives()
    {
        var routing = CallRouting.Of(TestDocuments.Tree(
            """<routing xmlns="http://schemas.microsoft.com/02/2006/sip/routing" name="rtcdefault" more="1"><preamble><flags name="serverflags" value="x"/><flags name="clientflags" value=" block  work_hours "/><wait name="total" seconds="soon"/><later/></preamble><rules/></routing>"""))!;

        Assert.Equal([RoutingFlags.Block, RoutingFlags.WorkHours], routing.Flags);
        Assert.Empty(routing.Waits);
        Assert.Equal(["flags", "wait", "later"], routing.PreambleExtensions.Select(extension => extension.Name));
        var again = routing.ToElement();
        Assert.Equal(("1", 1), (again.Attribute("more"), again.ChildrenNamed("rules").Count()));
        Assert.Equal(routing, CallRouting.Of(again));
    }

    [Fact]
    public void Rules_without_preamble_are_rules_without_effect()
    {
        var routing = CallRouting.Of(new DocumentElement("", "routing"))!;
        Assert.Empty(routing.Flags);
        Assert.Empty(routing.Lists);
    }
}
