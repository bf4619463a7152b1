namespace UcSdk.Tests;

/// <summary>Where calls go: the routing category read, changed, observed.</summary>
public sealed class CallForwardingTests
{
    private const string Start =
        "<routing xmlns=\"http://schemas.microsoft.com/02/2006/sip/routing\" name=\"rtcdefault\" version=\"1\" minSupportedClientVersion=\"2.0.0.0\"><preamble>";

    // After the schema reference of the Lync client, with a flag, a list and a wait that nobody knows.
    private const string Rules = Start
        + "<flags name=\"clientflags\" value=\"enablecf future_flag simultaneous_ring work_hours\"/>"
        + "<wait name=\"total\" seconds=\"30\"/><wait name=\"user\" seconds=\"20\"/><wait name=\"future\" seconds=\"7\"/>"
        + "<list name=\"forwardto\"><target uri=\"sip:+12223334444@contoso.com;user=phone\"/></list>"
        + "<list name=\"simultaneous_ring\"><target uri=\"sip:bob@contoso.com\"/></list>"
        + "<list name=\"future_list\"><target uri=\"sip:x@contoso.com\" odd=\"1\"/></list></preamble></routing>";

    private readonly PresenceLab _lab = new();

    private CallForwarding Calls => _lab.Self.CallForwarding;

    private string General => _lab.Script.Kept[("routing", 0, 0)].Content;

    [Fact]
    public void The_rules_of_the_server_are_read() => RunWith(Rules, () =>
    {
        var settings = Calls.Settings;
        Assert.Equal((ForwardingMode.RingSimultaneously, ForwardingParty.Target, "sip:bob@contoso.com"), (settings.Mode, settings.Party, settings.Target!.Uri));
        Assert.Equal(("sip:+12223334444@contoso.com;user=phone", true), (settings.Unanswered.Uri, settings.Unanswered.IsPhone));
        Assert.Equal((30, 20, true), (settings.UnansweredAfter.TotalSeconds, settings.RingDelay.TotalSeconds, settings.WorkHoursOnly));
        return Task.CompletedTask;
    });

    [Fact]
    public void A_change_leaves_what_it_is_not_about_and_what_nobody_knows() => RunWith(Rules, async () =>
    {
        await Calls.ForwardUnansweredAsync(CallForwardingTarget.Contact("carol@contoso.com"), TimeSpan.FromSeconds(15));

        Assert.Equal(
            Rules.Replace("seconds=\"30\"", "seconds=\"15\"", StringComparison.Ordinal).Replace("sip:+12223334444@contoso.com;user=phone", "sip:carol@contoso.com", StringComparison.Ordinal),
            Ordered(General));
        Assert.Equal(["routing 0 in 0 v1 static", "routing 0 in 32000 v0 static"], _lab.Script.Log);
        Assert.Contains("value=\"block\"", _lab.Script.Kept[("routing", 0, 32000)].Content, StringComparison.Ordinal);
    });

    [Fact]
    public void Where_there_are_no_rules_they_are_put_where_clients_put_them() => _lab.Run(async () =>
    {
        Assert.Equal(new CallForwardingSettings(), Calls.Settings);
        await Calls.ForwardImmediatelyAsync(CallForwardingTarget.Phone("+1 425 555 0100", "contoso.com"));

        Assert.Equal(["0", "100", "200", "300", "400", "32000"], _lab.Script.Log.Select(line => line.Split(' ')[3]));
        Assert.Equal((ForwardingMode.ForwardImmediately, ForwardingParty.Target, "sip:+14255550100@contoso.com;user=phone"), (Calls.Settings.Mode, Calls.Settings.Party, Calls.Settings.Target!.Uri));
        Assert.Equal(CallForwardingTarget.VoiceMail, Calls.Settings.Unanswered);
        Assert.Contains("value=\"forward_immediate enablecf\"", General, StringComparison.Ordinal);
    });

    [Fact]
    public void Each_way_takes_the_place_of_the_other() => RunWith(Rules, async () =>
    {
        var changes = new Recorder<CallForwardingChange>();
        using var subscription = Calls.Changes.Subscribe(changes);
        await Calls.SetTeamAsync(["bob@contoso.com", "sip:carol@contoso.com"]);
        await Calls.SetDelegatesAsync(["dave@contoso.com"]);
        Assert.Equal("sip:bob@contoso.com sip:carol@contoso.com | sip:dave@contoso.com", $"{string.Join(' ', Calls.Settings.Team)} | {string.Join(' ', Calls.Settings.Delegates)}");

        await Calls.RingTeamSimultaneouslyAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((ForwardingParty.Team, 10), (Calls.Settings.Party, Calls.Settings.RingDelay.TotalSeconds));
        Assert.Contains("value=\"enablecf future_flag work_hours team_ring\"", General, StringComparison.Ordinal);
        await Calls.RingDelegatesSimultaneouslyAsync(TimeSpan.Zero);
        await Calls.ForwardImmediatelyToDelegatesAsync();
        Assert.Equal((ForwardingMode.ForwardImmediately, ForwardingParty.Delegates, true), (Calls.Settings.Mode, Calls.Settings.Party, Calls.Settings.SkipsOwnEndpoints));
        await Calls.RingSimultaneouslyAsync(CallForwardingTarget.Contact("erin@contoso.com"));
        await Calls.ForwardImmediatelyAsync(CallForwardingTarget.VoiceMail);
        Assert.Equal((ForwardingParty.VoiceMail, false), (Calls.Settings.Party, General.Contains("enablecf", StringComparison.Ordinal)));
        await Calls.TurnOffAsync();
        await Calls.SetWorkHoursOnlyAsync(false);
        await _lab.DelayAsync(0.1);

        Assert.Equal(
            [
                "RingSimultaneously Target → RingSimultaneously Target", "RingSimultaneously Target → RingSimultaneously Target", "RingSimultaneously Target → RingSimultaneously Team",
                "RingSimultaneously Team → RingSimultaneously Delegates", "RingSimultaneously Delegates → ForwardImmediately Delegates",
                "ForwardImmediately Delegates → RingSimultaneously Target", "RingSimultaneously Target → ForwardImmediately VoiceMail", "ForwardImmediately VoiceMail → off", "off → off",
            ],
            changes.Log);
        Assert.Contains("value=\"future_flag\"", General, StringComparison.Ordinal);
        Assert.Contains("future_list", General, StringComparison.Ordinal);
    });

    [Fact]
    public void A_forwarding_that_ends_does_not_become_one_for_unanswered_calls() => _lab.Run(async () =>
    {
        await Calls.ForwardImmediatelyAsync(CallForwardingTarget.Contact("bob@contoso.com"));
        await Assert.ThrowsAsync<InvalidStateException>(async () => await Calls.ResetUnansweredAsync());
        await Calls.TurnOffAsync();

        Assert.Equal(CallForwardingTarget.VoiceMail, Calls.Settings.Unanswered);
        Assert.DoesNotContain("bob", General, StringComparison.Ordinal);
        await Calls.ForwardUnansweredAsync(CallForwardingTarget.Contact("bob@contoso.com"), TimeSpan.FromSeconds(60));
        await Calls.ResetUnansweredAsync();
        Assert.Equal((CallForwardingTarget.VoiceMail, 20), (Calls.Settings.Unanswered, Calls.Settings.UnansweredAfter.TotalSeconds));
    });

    [Fact]
    public void Who_dismisses_the_delegates_is_rung_again() => RunWith(Rules, async () =>
    {
        await Calls.SetDelegatesAsync(["dave@contoso.com"]);
        await Calls.ForwardImmediatelyToDelegatesAsync();
        await Calls.SetDelegatesAsync([]);

        Assert.Equal((ForwardingMode.Off, false), (Calls.Settings.Mode, Calls.Settings.SkipsOwnEndpoints));
    });

    [Fact]
    public void A_change_made_elsewhere_at_the_same_time_stays() => RunWith(Rules, async () =>
    {
        var races = 1;
        _lab.Script.BeforePublish = () =>
        {
            if (races-- > 0)
            {
                _lab.Script.Keep("routing", 0, 0, Rules.Replace("work_hours", "work_hours forward_audio_app_invites", StringComparison.Ordinal));
            }
        };

        var changing = Calls.SetTeamAsync(["bob@contoso.com"]);
        await _lab.DelayAsync(0.03);
        await _lab.Script.NotifyAsync("routing");
        await changing;

        Assert.Equal("conflict", _lab.Script.Log[0]);
        Assert.Contains("forward_audio_app_invites", General, StringComparison.Ordinal);
        Assert.Equal("sip:bob@contoso.com", Assert.Single(Calls.Settings.Team));
    });

    [Fact]
    public void Each_container_keeps_its_differences() => RunWith(Rules, async () =>
    {
        _lab.Script.Keep("routing", 0, 400, Rules.Replace("future_flag", "friends_flag", StringComparison.Ordinal));
        await _lab.Script.NotifyAsync("routing");
        await _lab.DelayAsync(0.1);
        await Calls.TurnOffAsync();

        Assert.Contains("future_flag", General, StringComparison.Ordinal);
        Assert.Contains("friends_flag", _lab.Script.Kept[("routing", 0, 400)].Content, StringComparison.Ordinal);
    });

    [Fact]
    public void What_the_rules_of_the_service_do_not_allow_is_refused() => _lab.Run(async () =>
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Calls.ForwardUnansweredAsync(CallForwardingTarget.VoiceMail, TimeSpan.FromSeconds(4.9)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Calls.ForwardUnansweredAsync(CallForwardingTarget.VoiceMail, TimeSpan.FromSeconds(60.1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Calls.RingTeamSimultaneouslyAsync(TimeSpan.FromSeconds(55.1)));
        await Assert.ThrowsAsync<InvalidStateException>(async () => await Calls.RingTeamSimultaneouslyAsync(TimeSpan.FromSeconds(55)));
        await Assert.ThrowsAsync<InvalidStateException>(async () => await Calls.ForwardImmediatelyToDelegatesAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await Calls.RingSimultaneouslyAsync(CallForwardingTarget.VoiceMail));
        Assert.Throws<ArgumentException>(() => CallForwardingTarget.Phone("0100", "contoso.com"));
        Assert.Empty(_lab.Script.Log);
        _lab.Server.Answers["SERVICE publish"] = request => _lab.Server.Reply(request, 403);
        Assert.Equal(403, (await Assert.ThrowsAsync<ServerRequestException>(() => Calls.TurnOffAsync())).StatusCode);
    });

    // Namespace declarations have no place among attributes.
    private static string Ordered(string text)
    {
        const string Declaration = " xmlns=\"http://schemas.microsoft.com/02/2006/sip/routing\"";
        return text.Replace(Declaration, "", StringComparison.Ordinal).Replace("<routing", "<routing" + Declaration, StringComparison.Ordinal);
    }

    private void RunWith(string rules, Func<Task> story) => _lab.RunFromStart(async () =>
    {
        _lab.Script.Keep("routing", 0, 0, rules);
        await _lab.SignInAsync();
        _lab.Script.Log.Clear();
        await story();
    });
}
