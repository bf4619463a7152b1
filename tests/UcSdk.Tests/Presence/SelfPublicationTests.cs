using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>What a client tells of its user, on the wire.</summary>
public sealed class SelfPublicationTests
{
    private readonly PresenceLab _lab = new();

    [Fact]
    public void After_signing_in_the_client_asks_what_is_known_and_tells_of_its_endpoint() => _lab.RunFromStart(
        async () =>
        {
            _lab.Script.Containers.Clear();
            await _lab.SignInAsync();

            Assert.Equal(
                [
                    "add sameEnterprise in 200", "add federated in 100",
                    "device 1020304 in 2 v0 endpoint", "state 30102030 in 2 v0 endpoint", "state 30102030 in 3 v0 endpoint",
                ],
                _lab.Script.Log);
            var subscribe = _lab.Server.Last("SUBSCRIBE vnd-microsoft-roaming-self");
            Assert.Equal("sip:alice@contoso.com", subscribe.UriText);
            Assert.Equal(["com.microsoft.autoextend", "ms-benotify", "ms-piggyback-first-notify"], subscribe.Headers.GetAll(HeaderName.Supported));
            Assert.Equal(
                "<roamingList xmlns=\"http://schemas.microsoft.com/2006/09/sip/roaming-self\"><roaming type=\"categories\"/><roaming type=\"containers\"/>"
                + "<roaming type=\"subscribers\"/><roaming type=\"delegates\"/></roamingList>",
                subscribe.BodyText);
            var device = _lab.Script.Kept[("device", 0x01020304, 2)].Content;
            Assert.Contains($"endpointId=\"{_lab.Self.Presence.Endpoints[0].EndpointId}\"", device, StringComparison.Ordinal);
            Assert.Contains("<machineName>LAB</machineName>", device, StringComparison.Ordinal);
            Assert.Contains("<voice render=\"true\" capture=\"true\" publish=\"false\"", device, StringComparison.Ordinal);
        },
        new PresenceOptions { MachineName = "LAB" });

    [Fact]
    public void Containers_that_somebody_is_in_are_left_alone() => _lab.RunFromStart(async () =>
    {
        await _lab.SignInAsync();
        Assert.DoesNotContain(_lab.Server.Requests, request => request.Name == "SERVICE setContainerMembers");
    });

    [Fact]
    public void The_user_can_sign_in_as_busy() => _lab.RunFromStart(
        async () =>
        {
            await _lab.SignInAsync();

            Assert.Equal(["state 20000000 in 2 v0 static", "state 20000000 in 3 v0 static"], _lab.Script.Log[^2..]);
            Assert.Equal((ContactAvailability.Busy, ContactAvailability.Busy), (_lab.Self.Presence.Availability, _lab.Self.Presence.ChosenAvailability));
        },
        new PresenceOptions { SignInAsAvailability = ContactAvailability.Busy });

    [Fact]
    public void An_availability_is_published_for_all_and_for_the_team_and_taken_back() => _lab.Run(async () =>
    {
        await _lab.Self.PublishAvailabilityAsync(ContactAvailability.Away, PresenceActivityTokens.OffWork);
        Assert.Equal(["state 20000000 in 2 v0 static", "state 20000000 in 3 v0 static"], _lab.Script.Log);
        var state = _lab.Script.Kept[("state", 0x20000000, 2)].Content;
        Assert.Contains("xmlns=\"http://schemas.microsoft.com/2006/09/sip/state\"", state, StringComparison.Ordinal);
        Assert.Contains("manual=\"true\"", state, StringComparison.Ordinal);
        Assert.Contains("<availability>15500</availability><activity token=\"off-work\"/>", state, StringComparison.Ordinal);
        Assert.Equal((ContactAvailability.Away, "off-work"), (_lab.Self.Presence.Availability, _lab.Self.Presence.ActivityId));

        await _lab.Self.PublishAvailabilityAsync(ContactAvailability.DoNotDisturb);
        await _lab.Self.ResetAvailabilityAsync();
        await _lab.Self.ResetAvailabilityAsync();

        Assert.Equal(
            ["state 20000000 in 2 v1 static", "state 20000000 in 3 v1 static", "state 20000000 in 2 v2 gone", "state 20000000 in 3 v2 gone"], _lab.Script.Log[2..]);
        Assert.Equal((ContactAvailability.Free, ContactAvailability.None), (_lab.Self.Presence.Availability, _lab.Self.Presence.ChosenAvailability));
    });

    [Fact]
    public void Everything_of_one_call_goes_out_in_one_request() => _lab.Run(
        async () =>
        {
            await _lab.Self.PublishContactInformationAsync(
            [
                new(PublishableContactInformationType.CustomActivityId, 2),
                new(PublishableContactInformationType.LocationName, "Building 9"),
                new(PublishableContactInformationType.PersonalNote, "back <soon>"),
                new(PublishableContactInformationType.DisplayPhoto, PhotoSetting.DoNotDisplay),
                new(PublishableContactInformationType.PhotoUrl, "https://contoso.com/alice.jpg"),
            ]);

            Assert.Single(_lab.Server.Requests, request => request.Name == "SERVICE publish" && request.Request.BodyText.Contains("note", StringComparison.Ordinal));
            Assert.Equal(
                [
                    "state 20000000 in 2 v0 static", "state 20000000 in 3 v0 static", "state 30102030 in 2 v1 endpoint", "state 30102030 in 3 v1 endpoint",
                    "note 0 in 200 v0 static", "note 0 in 300 v0 static", "note 0 in 400 v0 static",
                    "contactCard 5 in 1 v0 static", "contactCard 5 in 100 v0 static", "contactCard 5 in 200 v0 static", "contactCard 5 in 300 v0 static", "contactCard 5 in 400 v0 static",
                ],
                _lab.Script.Log);
            Assert.Contains("<availability>6500</availability><activity><custom LCID=\"1033\">Gone fishing</custom></activity>", _lab.Script.Kept[("state", 0x20000000, 2)].Content, StringComparison.Ordinal);
            Assert.Contains("<endpointLocation>Building 9</endpointLocation>", _lab.Script.Kept[("state", 0x30102030, 2)].Content, StringComparison.Ordinal);
            Assert.Contains("<body type=\"personal\" uri=\"\">back &lt;soon&gt;</body>", _lab.Script.Kept[("note", 0, 200)].Content, StringComparison.Ordinal);
            Assert.Contains("<displayADPhoto>false</displayADPhoto>", _lab.Script.Kept[("contactCard", 5, 200)].Content, StringComparison.Ordinal);
            Assert.Equal(("back <soon>", ContactAvailability.Busy), (_lab.Self.Presence.PersonalNote, _lab.Self.Presence.Availability));
            Assert.Equal("Gone fishing", Assert.Single(_lab.Self.Presence.CustomActivities).Text);

            await _lab.Self.PublishNoteAsync(null);
            Assert.Equal(["note 0 in 200 v1 gone", "note 0 in 300 v1 gone", "note 0 in 400 v1 gone"], _lab.Script.Log[^3..]);
            Assert.Null(_lab.Self.Presence.PersonalNote);
        },
        new PresenceOptions { CustomStates = [new(2, ContactAvailability.Busy, new Dictionary<int, string> { [1033] = "Gone fishing" })] });

    [Fact]
    public void A_note_may_have_times_and_more_than_words() => _lab.Run(async () =>
    {
        var until = new DateTimeOffset(2026, 12, 24, 12, 0, 0, TimeSpan.Zero);
        await _lab.Self.PublishRichNoteAsync(new PresenceNote { Bodies = [new NoteBody(NoteBody.Personal, "busy") { EndTime = until, Extensions = [new DocumentElement("urn:x", "b") { Text = "!" }] }] });

        Assert.Contains("endTime=\"2026-12-24T12:00:00Z\"", _lab.Script.Kept[("note", 0, 300)].Content, StringComparison.Ordinal);
        Assert.Contains(">!</", _lab.Script.Kept[("note", 0, 300)].Content, StringComparison.Ordinal);
    });

    [Fact]
    public void What_is_published_right_after_signing_in_waits_until_the_versions_are_known() => _lab.RunFromStart(async () =>
    {
        _lab.Script.Keep("state", 0x20000000, 2, RoamingSelfScript.State("userState", 6500));
        _lab.Script.Keep("state", 0x20000000, 3, RoamingSelfScript.State("userState", 6500));
        await _lab.Alice.SignInAsync("sip:alice@contoso.com");

        await _lab.Self.PublishAvailabilityAsync(ContactAvailability.Free);

        Assert.Equal(["state 20000000 in 2 v1 static", "state 20000000 in 3 v1 static"], _lab.Script.Log[^2..]);
        Assert.DoesNotContain("conflict", _lab.Script.Log);
    });

    [Fact]
    public void A_wrong_version_is_corrected_by_the_refusal() => _lab.Run(async () =>
    {
        _lab.Script.Kept[("state", 0x20000000, 3)] = (7, RoamingSelfScript.State("userState", 6500));

        await _lab.Self.PublishAvailabilityAsync(ContactAvailability.Away);

        Assert.Equal(["conflict", "state 20000000 in 2 v0 static", "state 20000000 in 3 v7 static"], _lab.Script.Log);
    });

    [Fact]
    public void Of_two_endpoints_that_publish_at_once_the_last_one_counts_and_both_know() => _lab.Run(async () =>
    {
        var races = 1;
        _lab.Script.BeforePublish = () =>
        {
            if (races-- > 0)
            {
                _lab.Script.Keep("state", 0x20000000, 2, RoamingSelfScript.State("userState", 9500));
                _lab.Script.Keep("state", 0x20000000, 3, RoamingSelfScript.State("userState", 9500));
            }
        };
        var changes = new Recorder<SelfPresenceChange>();
        using var subscription = _lab.Self.PresenceChanges.Subscribe(changes);

        var publishing = _lab.Self.PublishAvailabilityAsync(ContactAvailability.Busy);
        await _lab.DelayAsync(0.015);
        await _lab.Script.NotifyAsync("state");
        await publishing;
        await _lab.DelayAsync(0.1);

        Assert.Equal(["conflict", "state 20000000 in 2 v1 static", "state 20000000 in 3 v1 static"], _lab.Script.Log);
        Assert.Equal(["Free → DoNotDisturb", "DoNotDisturb → Busy"], changes.Log);
    });

    [Fact]
    public void Who_is_never_quick_enough_learns_it() => _lab.Run(async () =>
    {
        _lab.Script.BeforePublish = () => _lab.Script.Keep("note", 0, 200, "<note xmlns=\"http://schemas.microsoft.com/2006/09/sip/note\"/>");

        var refused = await Assert.ThrowsAsync<ServerRequestException>(() => _lab.Self.PublishNoteAsync("hello"));

        Assert.Equal((409, 5), (refused.StatusCode, _lab.Script.Log.Count(line => line == "conflict")));
        _lab.Script.BeforePublish = null;
        await _lab.Self.PublishNoteAsync("hello");
    });

    [Theory]
    [InlineData(403, "\r\n")]
    [InlineData(409, "\r\n")]
    [InlineData(409, "Content-Type: application/msrtc-fault+xml\r\n\r\n<fault><Faultcode>Client.BadCall.Other</Faultcode></fault>")]
    public void A_refusal_is_told_with_its_status_and_harms_nothing(int status, string answer) => _lab.Run(async () =>
    {
        var keeping = _lab.Server.Answers["SERVICE publish"];
        _lab.Server.Answers["SERVICE publish"] = request => _lab.Server.Reply(request, status, answer);

        var refused = await Assert.ThrowsAsync<ServerRequestException>(() => _lab.Self.PublishAvailabilityAsync(ContactAvailability.Busy));

        Assert.Equal((status, "PublishContactInformationAsync"), (refused.StatusCode, refused.Operation));
        _lab.Server.Answers["SERVICE publish"] = keeping;
        await _lab.Self.PublishAvailabilityAsync(ContactAvailability.Busy);
        Assert.Equal(ContactAvailability.Busy, _lab.Self.Presence.Availability);
    });

    [Fact]
    public void An_answer_without_a_body_is_taken_for_what_was_asked() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SERVICE publish"] = request => _lab.Server.Reply(request, 200);

        await _lab.Self.PublishAvailabilityAsync(ContactAvailability.Busy);
        Assert.Equal(ContactAvailability.Busy, _lab.Self.Presence.Availability);
        await _lab.Self.PublishAvailabilityAsync(ContactAvailability.Free);

        Assert.Contains("container=\"2\" version=\"1\"", _lab.Server.Last("SERVICE publish").BodyText, StringComparison.Ordinal);
        await _lab.Self.ResetAvailabilityAsync();
        Assert.Equal(ContactAvailability.None, _lab.Self.Presence.ChosenAvailability);
    });

    [Fact]
    public void After_a_reconnection_the_endpoint_tells_of_itself_again_and_what_was_chosen_holds() => _lab.Run(async () =>
    {
        await _lab.Self.PublishAvailabilityAsync(ContactAvailability.Busy);
        await _lab.Self.PublishLocationAsync("Home");
        foreach (var key in _lab.Script.Kept.Keys.Where(key => key.Instance != 0x20000000).ToList())
        {
            // What lives with the endpoint went with its connection.
            _lab.Script.Kept.Remove(key);
        }

        _lab.Script.Log.Clear();
        _lab.CutOff();
        await _lab.DelayAsync(2);

        Assert.Equal(["device 1020304 in 2 v0 endpoint", "state 30102030 in 2 v0 endpoint", "state 30102030 in 3 v0 endpoint"], _lab.Script.Log);
        Assert.Contains("Home", _lab.Script.Kept[("state", 0x30102030, 2)].Content, StringComparison.Ordinal);
        Assert.Equal(ContactAvailability.Busy, _lab.Self.Presence.Availability);
    });

    [Fact]
    public void Publishing_while_the_connection_is_away_says_so() => _lab.Run(async () =>
    {
        var self = _lab.Self;
        _lab.CutOff();
        await _lab.Alice.WaitForStateAsync(ClientState.SigningIn);

        await Assert.ThrowsAsync<InvalidStateException>(() => self.PublishNoteAsync("hello"));
        await _lab.DelayAsync(2);
        await self.PublishNoteAsync("hello");
        Assert.Equal("hello", _lab.Self.Presence.PersonalNote);
    });

    [Fact]
    public void What_cannot_be_published_is_refused_before_anything_goes_out() => _lab.Run(async () =>
    {
        var sent = _lab.Server.Requests.Count;
        await Refused((PublishableContactInformationType.Availability, ContactAvailability.FreeIdle));
        await Refused((PublishableContactInformationType.Availability, 6500));
        await Refused((PublishableContactInformationType.CustomActivityId, 1));
        await Refused((PublishableContactInformationType.PhotoUrl, "file:///etc/passwd"));
        await Refused((PublishableContactInformationType.PersonalNote, 5));
        await Refused((PublishableContactInformationType.LocationName, "a"), (PublishableContactInformationType.LocationName, "b"));
        Assert.Equal(sent, _lab.Server.Requests.Count);

        Task Refused(params (PublishableContactInformationType Type, object? Value)[] items) => Assert.ThrowsAsync<ArgumentException>(
            async () => await _lab.Self.PublishContactInformationAsync(items.Select(item => KeyValuePair.Create(item.Type, item.Value))));
    });

    [Fact]
    public void A_client_that_keeps_no_presence_publishes_none() => _lab.Run(
        async () =>
        {
            Assert.DoesNotContain(_lab.Server.Requests, request => request.Name is "SUBSCRIBE vnd-microsoft-roaming-self" or "SERVICE publish");
            await Assert.ThrowsAsync<InvalidStateException>(() => _lab.Self.PublishNoteAsync("hello"));
        },
        new PresenceOptions { Enabled = false });

    [Fact]
    public void Signing_out_ends_the_subscription_in_order() => _lab.Run(async () =>
    {
        var before = _lab.Server.Log.Count;
        await _lab.Alice.SignOutAsync();

        Assert.Equal(["alice: SUBSCRIBE vnd-microsoft-roaming-self", "server: 200 SUBSCRIBE vnd-microsoft-roaming-self", "alice: REGISTER"], _lab.Server.Log[before..(before + 3)]);
    });
}
