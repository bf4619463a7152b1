namespace UcSdk.Tests;

/// <summary>The user as a contact, and what else the server tells the user of itself.</summary>
public sealed class OwnContactTests
{
    private readonly PresenceLab _lab = new();

    [Fact]
    public void What_the_user_publishes_shows_on_the_users_own_contact() => _lab.Run(async () =>
    {
        var contact = _lab.Self.Contact;
        Assert.Same(contact, _lab.Alice.ContactManager.GetContactByUri("alice@contoso.com"));
        Assert.Equal((ContactAvailability.Free, ContactPresenceState.Idle), (contact.Availability, contact.PresenceState));
        var changes = new Recorder<ContactInformationChange>();
        contact.InformationChanges.Subscribe(changes);

        await _lab.Self.PublishAvailabilityAsync(ContactAvailability.Busy);
        await _lab.Self.PublishNoteAsync("Counting");
        await _lab.DelayAsync(0.1);
        Assert.Equal((ContactAvailability.Busy, "Counting"), (contact.Availability, contact.GetContactInformation(ContactInformationType.PersonalNote)));
        Assert.Contains(changes.Items, change => change.Changed.Contains(ContactInformationType.Availability));
        Assert.Contains(changes.Items, change => change.Changed.Contains(ContactInformationType.PersonalNote));

        await _lab.Self.PublishNoteAsync(null);
        await _lab.DelayAsync(0.1);
        Assert.Null(contact.Information.PersonalNote);
    });

    [Fact]
    public void Card_and_aggregate_of_the_server_are_on_it_and_go_with_the_connection() => _lab.Run(async () =>
    {
        const string Card = "<contactCard xmlns=\"http://schemas.microsoft.com/2006/09/sip/contactcard\">";
        _lab.Script.Keep("contactCard", 0, 200, Card + "<identity><name><displayName>Alice A</displayName></name></identity><title>Director</title></contactCard>");
        _lab.Script.Keep("contactCard", 4, 300, Card + "<url type=\"voicemail\">sip:alice@contoso.com;opaque=app:voicemail</url></contactCard>");
        _lab.Script.Keep("contactCard", 5, 1, Card + "<phone type=\"mobile\"><uri>tel:+14255550100</uri></phone><displayADPhoto>false</displayADPhoto></contactCard>");
        _lab.Script.Keep("contactCard", 5, 200, Card + "<phone type=\"mobile\"><uri>tel:+14255550199</uri></phone></contactCard>");
        _lab.Script.Keep("state", 1, 2, RoamingSelfScript.State("aggregateState", 15500));
        _lab.Script.Keep("state", 1, 3, RoamingSelfScript.State("aggregateState", 3500));
        await _lab.Script.NotifyAsync("contactCard", "state");
        await _lab.DelayAsync(0.1);

        var contact = _lab.Self.Contact;
        Assert.Equal((ContactAvailability.Away, "Alice A", "Director"), (contact.Availability, contact.DisplayName, contact.Information.Title));
        Assert.Equal(
            [(ContactEndpointType.Lync, "sip:alice@contoso.com"), (ContactEndpointType.VoiceMail, "sip:alice@contoso.com;opaque=app:voicemail"), (ContactEndpointType.MobilePhone, "tel:+14255550100")],
            contact.ContactEndpoints.Select(endpoint => (endpoint.Type, endpoint.Uri)));
        Assert.Null(contact.Information.HomePageUrl);
        Assert.Equal(PhotoSetting.DoNotDisplay, _lab.Self.PhotoDisplayed);

        _lab.CutOff();
        await _lab.DelayAsync(0.1);
        Assert.Equal(ContactAvailability.None, contact.Availability);
    });

    [Fact]
    public void A_user_who_watches_itself_sees_what_the_server_tells_watchers() => _lab.Run(async () =>
    {
        var contact = _lab.Self.Contact;
        _ = new PresenceScript(_lab.Lab) { Known = { ["sip:alice@contoso.com"] = PresenceScript.State(12500) } };
        var subscription = _lab.Alice.ContactManager.CreateSubscription();
        subscription.AddContact(contact);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        await _lab.Self.PublishNoteAsync("Not of the watcher");
        await _lab.DelayAsync(1);
        Assert.Equal((ContactAvailability.TemporarilyAway, null), (contact.Availability, contact.Information.PersonalNote));

        subscription.Unsubscribe();
        await _lab.DelayAsync(1);
        Assert.Equal((ContactAvailability.Free, "Not of the watcher"), (contact.Availability, contact.Information.PersonalNote));

        // Without a connection nothing is known of anybody.
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        _lab.CutOff();
        await _lab.DelayAsync(0.1);
        subscription.Unsubscribe();
        await _lab.DelayAsync(0.1);
        Assert.Equal(ContactAvailability.None, contact.Availability);
    });

    [Fact]
    public void The_delegates_that_the_server_keeps_are_told_with_the_presence() => _lab.Run(async () =>
    {
        var changes = new Recorder<SelfPresenceChange>();
        _lab.Self.PresenceChanges.Subscribe(changes);

        // [MS-PRES] §2.2.2.10.1, the example.
        await _lab.Script.NotifyTextAsync(
            "<delegates xmlns=\"http://schemas.microsoft.com/2007/09/sip/delegates\" version=\"2\"><delegate uri=\"john@contoso.com\" publish=\"false\" redelegate=\"false\"/></delegates>");
        await _lab.DelayAsync(0.1);
        Assert.Equal([new SelfDelegate("sip:john@contoso.com", false, false)], _lab.Self.Presence.Delegates);
        Assert.Single(changes.Items);
    });

    [Fact]
    public void Whom_to_call_for_a_test_is_told_by_the_settings() => _lab.RunFromStart(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE vnd-microsoft-provisioning-v2"] = request => _lab.Server.Reply(
            request,
            200,
            Texts.Provisioned.Replace("<focusFactoryUri>", "<botSipUriForTestCall>sip:RtcApplication-1@contoso.com</botSipUriForTestCall><focusFactoryUri>", StringComparison.Ordinal));
        await _lab.SignInAsync();
        Assert.Equal((ContactEndpointType.Lync, "sip:RtcApplication-1@contoso.com"), (_lab.Self.TestCallEndpoint!.Type, _lab.Self.TestCallEndpoint.Uri));
    });

    [Theory]
    [InlineData(ContactAvailability.Free, null, "sip:bob@contoso.com", NotificationUrgencyType.Low, true)]
    [InlineData(ContactAvailability.Busy, null, "sip:blocked@contoso.com", NotificationUrgencyType.High, false)]
    [InlineData(ContactAvailability.DoNotDisturb, null, "sip:bob@contoso.com", NotificationUrgencyType.High, false)]
    [InlineData(ContactAvailability.DoNotDisturb, null, "sip:team@contoso.com", NotificationUrgencyType.Low, true)]
    [InlineData(ContactAvailability.DoNotDisturb, "urgent-interruptions-only", "sip:bob@contoso.com", NotificationUrgencyType.High, true)]
    [InlineData(ContactAvailability.DoNotDisturb, "urgent-interruptions-only", "sip:bob@contoso.com", NotificationUrgencyType.Neutral, false)]
    public void Who_may_disturb_follows_from_presence_and_access_level(ContactAvailability availability, string? activity, string sender, NotificationUrgencyType urgency, bool isTold) => _lab.Run(async () =>
    {
        await _lab.Self.Permissions.BlockAsync("blocked@contoso.com");
        await _lab.Self.Permissions.SetAccessLevelAsync("team@contoso.com", AccessLevel.Workgroup);
        await _lab.Self.PublishAvailabilityAsync(availability, activity);
        await _lab.DelayAsync(0.1);
        var level = _lab.Self.GetAlertLevel(_lab.Alice.ContactManager.GetContactByUri(sender), NotificationTypes.InstantMessage, urgency);
        Assert.Equal((isTold, !isTold), (level.NotificationEnabled, level.AlertModes == AlertModeTypes.None));
        if (isTold && availability == ContactAvailability.DoNotDisturb)
        {
            Assert.Equal(AlertModeTypes.Visual, level.AlertModes);
        }
    });
}
