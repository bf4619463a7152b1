using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>What the server tells a client to do, typed, observed, and used.</summary>
public sealed class ClientSettingsTests
{
    private const string Voice = "<provisionGroup name=\"ucPolicy\"><instance><property name=\"AllowCallForwarding\">false</property></instance></provisionGroup>";
    private const string Meetings = "<provisionGroup name=\"meetingPolicy\"><instance><property name=\"MeetingSize\">250</property></instance></provisionGroup>";
    private const string Strange = "<provisionGroup name=\"somethingNew\"><deep><colour>blue</colour></deep></provisionGroup>";
    private const string Profiled = "<provisionGroup name=\"userSetting\"><ucUserLocationProfile>Redmond</ucUserLocationProfile></provisionGroup>";

    private const string Plan =
        "Content-Type: application/ms-location-profile-definition+xml\r\n\r\n<LocationProfileDescription xmlns=\"http://schemas.microsoft.com/2007/03/LocationProfileDescription\">"
        + "<Name>Redmond</Name><Rule><Pattern>^(\\d{4})$</Pattern><Translation>+1425555$1</Translation></Rule></LocationProfileDescription>";

    private readonly Lab _lab = new();

    [Fact]
    public void The_client_asks_for_all_groups_and_types_what_it_gets() => _lab.Run(async () =>
    {
        Provision(Voice + Meetings + Strange);
        var alice = await _lab.SignInAsync("alice");

        var asked = _lab.Server.Last("SUBSCRIBE vnd-microsoft-provisioning-v2");
        Assert.True(ProvisioningRequest.TryRead(asked.Body, out var request, out _));
        Assert.Equal(ProvisioningGroupNames.All, request.Groups);
        Assert.Equal((false, 250u), (alice.Settings.VoicePolicy.AllowCallForwarding, alice.Settings.MeetingPolicy.MeetingSize));
        Assert.Null(alice.Settings.VoicePolicy.AllowSimultaneousRinging);
        Assert.Equal(("blue", null), (alice.Settings["SomethingNew", "Colour"], alice.Settings["somethingNew", "size"]));
    });

    [Fact]
    public void Changed_groups_are_told_by_name_when_the_settings_are_read_again() => _lab.Run(async () =>
    {
        Provision(Voice + Meetings);
        var changes = new Recorder<ClientSettingsChange>();
        var alice = _lab.CreateClient("alice");
        using var subscription = alice.Settings.Changes.Subscribe(changes);
        await alice.SignInAsync("sip:alice@contoso.com");

        await alice.Settings.RefreshAsync();
        Provision(Voice.Replace("false", "true", StringComparison.Ordinal) + Strange);
        await alice.Settings.RefreshAsync();
        await _lab.DelayAsync(0.1);

        Assert.Equal(["ServerConfiguration, ucPolicy, meetingPolicy", "ucPolicy, somethingNew, meetingPolicy"], changes.Log);
        Assert.Equal((false, true), (changes.Items[1].Previous.VoicePolicy.AllowCallForwarding, changes.Items[1].Current.VoicePolicy.AllowCallForwarding));
        await alice.DisposeAsync();
        await _lab.DelayAsync(0.1);
        Assert.Equal("completed", changes.Log[^1]);
    });

    [Fact]
    public void Settings_are_read_anew_after_a_reconnection() => _lab.Run(async () =>
    {
        Provision(Voice);
        var alice = await _lab.SignInAsync("alice");
        Provision(Meetings);

        _lab.Network.CutHost("alice");
        await _lab.DelayAsync(2);

        Assert.Equal(ClientState.SignedIn, alice.State);
        Assert.Null(alice.Settings.VoicePolicy.AllowCallForwarding);
        Assert.Equal(250u, alice.Settings.MeetingPolicy.MeetingSize);
    });

    [Fact]
    public void Numbers_are_normalised_by_the_users_dial_plan() => _lab.Run(async () =>
    {
        Provision(Profiled);
        _lab.Server.Answers["SERVICE locationprofile"] = request => _lab.Server.Reply(request, 200, Plan);
        var changes = new Recorder<ClientSettingsChange>();
        var alice = _lab.CreateClient("alice");
        using var subscription = alice.Settings.Changes.Subscribe(changes);
        Assert.Equal((null, "+15550100"), (alice.NormalizePhoneNumber("0100"), alice.NormalizePhoneNumber("+1 555-0100")));

        await alice.SignInAsync("sip:alice@contoso.com");
        await _lab.DelayAsync(0.1);

        Assert.Equal("+14255550100", alice.NormalizePhoneNumber("0100"));
        Assert.Null(alice.NormalizePhoneNumber("123"));
        Assert.Equal(["ServerConfiguration, userSetting", "dialPlan"], changes.Log);
        var asked = _lab.Server.Last("SERVICE locationprofile");
        Assert.Equal("sip:alice@contoso.com;gruu;opaque=app:locationprofile:get;default", asked.UriText);
        Assert.Equal("application/ms-location-profile-definition+xml", asked.Headers[HeaderName.Accept]);
    });

    [Theory]
    [InlineData(404, "\r\n")]
    [InlineData(403, "\r\n")]
    [InlineData(200, "Content-Type: application/ms-location-profile-definition+xml\r\n\r\n<LocationProfileDescription>")]
    public void A_server_that_names_a_dial_plan_and_has_none_leaves_the_client_without_rules(int status, string answer) => _lab.Run(async () =>
    {
        Provision(Profiled);
        _lab.Server.Answers["SERVICE locationprofile"] = request => _lab.Server.Reply(request, status, answer);
        var alice = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(60);

        Assert.Same(DialPlan.None, alice.Settings.DialPlan);
        Assert.Single(_lab.Server.Requests, request => request.Name == "SERVICE locationprofile");
    });

    [Fact]
    public void A_dial_plan_that_cannot_be_had_for_the_moment_is_asked_for_again() => _lab.Run(async () =>
    {
        Provision(Profiled);
        var refusals = 2;
        _lab.Server.Answers["SERVICE locationprofile"] = request => refusals-- > 0 ? _lab.Server.Reply(request, 503) : _lab.Server.Reply(request, 200, Plan);
        var alice = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(30);

        Assert.Equal("+14255550100", alice.NormalizePhoneNumber("0100"));
    });

    [Fact]
    public void Without_a_location_profile_nobody_asks_for_one() => _lab.Run(async () =>
    {
        await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        Assert.DoesNotContain(_lab.Server.Requests, request => request.Name.StartsWith("SERVICE", StringComparison.Ordinal));
    });

    [Fact]
    public void Settings_need_a_user_who_is_signed_in_and_a_server_that_answers() => _lab.Run(async () =>
    {
        var alice = _lab.CreateClient("alice");
        await Assert.ThrowsAsync<NotSignedInException>(() => alice.Settings.RefreshAsync());
        await alice.SignInAsync("sip:alice@contoso.com");
        _lab.Server.Answers["SUBSCRIBE vnd-microsoft-provisioning-v2"] = request => _lab.Server.Reply(request, 403);

        var refused = await Assert.ThrowsAsync<ServerRequestException>(() => alice.Settings.RefreshAsync());

        Assert.Equal(403, refused.StatusCode);
    });

    private void Provision(string groups) => Texts.Provision(_lab.Server, groups);
}
