namespace UcSdk.Documents.Tests;

/// <summary>The contents of the categories, against the examples of the Lync 2013 schema reference.</summary>
public sealed class PresenceContentTests
{
    private static readonly PresenceCategories Colleagues = Read();

    [Fact]
    public void An_aggregated_state_says_availability_time_zone_and_device()
    {
        var state = PresenceState.Of(Content("state"))!;

        Assert.Equal((PresenceStateTypes.Aggregate, 3500u, 420, "computer"), (state.Type, state.Availability, state.TimeZoneBias, state.Device));
        Assert.Equal(("Pacific Daylight Time", "Pacific Daylight Time"), (state.TimeZoneName, state.TimeZoneAbbreviation));
        Assert.Equal(["delimiter", "end"], state.Extensions.Select(extension => extension.Name));
    }

    [Fact]
    public void A_state_with_everything_comes_back_as_it_was_written()
    {
        var state = new PresenceState(PresenceStateTypes.Calendar)
        {
            Manual = true,
            Availability = PresenceAvailabilities.Busy,
            Activity = new() { Token = PresenceActivityTokens.InAMeeting, MinAvailability = 6500, MaxAvailability = 8999, Custom = [new(1033, "Standing up"), new(1031, "Am Stehen")] },
            EndpointLocation = "office",
            MeetingSubject = "Stand-up",
            MeetingLocation = "Room 4",
            TimeZoneBias = -60,
            TimeZoneName = "W. Europe Standard Time",
            TimeZoneAbbreviation = "CET",
            Device = "Mobile",
            LastActive = new(2011, 1, 1, 10, 0, 0, TimeSpan.Zero),
            StartTime = new(2011, 1, 1, 9, 0, 0, TimeSpan.Zero),
            EndTime = new(2011, 1, 1, 11, 0, 0, TimeSpan.Zero),
            Uri = "alice@contoso.com",
            EndpointId = "e",
        };

        Assert.Equal(state, PresenceState.Of(TestDocuments.Tree(TestDocuments.Text(state.ToElement().ToBytes()))));
        Assert.Equal((true, true, false), (state.Activity.AppliesTo(6500), state.Activity.AppliesTo(8999), state.Activity.AppliesTo(9000)));
        Assert.Equal(
            ["availability", "activity", "endpointLocation", "meetingSubject", "meetingLocation", "timeZoneBias", "timeZoneName", "timeZoneAbbreviation", "device"],
            state.ToElement().Children.Select(child => child.Name));
    }

    [Fact]
    public void The_type_of_a_state_is_understood_with_a_prefix_and_written_in_the_namespace_of_schema_instances()
    {
        var state = PresenceState.Of(TestDocuments.Tree("""<s:state xmlns:s="http://schemas.microsoft.com/2006/09/sip/state" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="s:userState"/>"""))!;

        Assert.Equal(PresenceStateTypes.User, state.Type);
        Assert.Equal(
            """<state xmlns="http://schemas.microsoft.com/2006/09/sip/state" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="userState"/>""",
            TestDocuments.Text(state.ToElement().ToBytes()));
    }

    [Fact]
    public void A_do_not_disturb_state_may_be_without_value()
    {
        var state = PresenceState.Of(Content("dndState"))!;
        Assert.Equal((PresenceStateTypes.User, true, null, null), (state.Type, state.Manual, state.Availability, state.Activity));
    }

    [Fact]
    public void Notes_are_personal_or_the_calendars()
    {
        var personal = PresenceNote.Of(Content("note", 0))!;
        var calendars = PresenceNote.Of(Content("note", 1300372959))!;

        Assert.Equal(("A message for colleagues", null), (personal.Personal?.Text, personal.OutOfOffice));
        Assert.Null(calendars.Personal);
        var body = calendars.OutOfOffice!;
        Assert.Equal(("A OOF message set in Outlook", "johnd@exchange.contoso.com"), (body.Text, body.Uri));
        Assert.Equal((new DateTimeOffset(2010, 6, 22, 19, 0, 0, TimeSpan.Zero), new DateTimeOffset(2010, 6, 23, 19, 0, 0, TimeSpan.Zero)), (body.StartTime, body.EndTime));
    }

    [Fact]
    public void A_contact_card_is_spread_over_its_instances()
    {
        var identity = ContactCard.Of(Content("contactCard", 0))!;
        var work = ContactCard.Of(Content("contactCard", 3))!;
        var voicemail = ContactCard.Of(Content("contactCard", 4))!;
        var photo = ContactCard.Of(Content("contactCard", 6))!;

        Assert.Equal(("John Barr", "john.barr@exchange.contoso.com"), (identity.DisplayName, identity.Email));
        Assert.Equal(new ContactCard(), ContactCard.Of(Content("contactCard", 1))! with { Extensions = [] });
        Assert.Equal(("Contoso", "Senior Employee"), (work.Company, work.Title));
        Assert.Equal((true, new ContactUrl("voicemail", "sip:johnd@contos.com;opaque=app:voicemail;local-resource-path=voicememo")), (voicemail.IsUcEnabled, Assert.Single(voicemail.Urls)));
        Assert.Equal((true, "enterprise", "", "10b394d3bdc9b3f999e44efb5c269dda"), (photo.DisplayDirectoryPhoto, photo.Photos[0].Type, photo.Photos[0].Uri, photo.Photos[0].Hash));
    }

    [Fact]
    public void A_contact_card_with_everything_comes_back_as_it_was_written()
    {
        var card = new ContactCard
        {
            DisplayName = "Bob",
            NameExtensions = [new("http://schemas.microsoft.com/2006/09/sip/contactcard", "firstName") { Text = "B" }],
            Emails = ["bob@contoso.com"],
            IdentityExtensions = [new("urn:x", "x")],
            Addresses = [new() { Type = "work", Street = "1", City = "2", State = "3", ZipCode = "4", CountryCode = "5" }],
            Company = "6",
            Department = "7",
            Title = "8",
            Office = "9",
            Urls = [new("personal", "http://b.example")],
            Phones = [new("work") { Uri = "tel:+1", DisplayString = "+1" }, new("mobile") { Uri = "tel:+2" }],
            Automaton = true,
            Type = "10",
            Description = "11",
            DisplayDirectoryPhoto = false,
            Photos = [new("default") { Uri = "http://p.example", Hash = "12" }],
            IsUcEnabled = true,
            Extensions = [new("urn:x", "y")],
        };

        Assert.Equal(card, ContactCard.Of(TestDocuments.Tree(TestDocuments.Text(card.ToElement().ToBytes()))));
    }

    [Fact]
    public void Services_say_what_can_be_done_even_what_this_library_has_no_name_for()
    {
        var services = ServiceCapabilities.Of(Content("services"))!;

        Assert.Equal(10, Assert.Single(services.Services).Capabilities!.Items.Count);
        Assert.Equal((true, false, 3500u), (services["gifInk"]!.Render, services["gifInk"]!.Capture, services["gifInk"]!.DeviceAvailability));
        Assert.True(services["contentPoll"]!.Capture);
        Assert.Null(services["fax"]);
    }

    [Fact]
    public void A_device_says_what_it_is()
    {
        Assert.True(RoamingSelf.TryRead(TestDocuments.Read("client-roamingData.xml"), out var self, out _));
        var device = DeviceCapabilities.Of(self.Categories!.Named("device").Single().Content)!;

        Assert.Equal(("EFBA68FC-0001-5F9E-8A1B-000000000001", "00:00:00+01:00", "ALICE-PC"), (device.EndpointId, device.TimeZone, device.MachineName));
        Assert.Equal(("sip:alice@contoso.com", false, 3), (device.Capabilities!.Uri, device.Capabilities.Preferred, device.Capabilities.Items.Count));
        Assert.Equal(device, DeviceCapabilities.Of(device.ToElement()));
    }

    [Fact]
    public void User_properties_say_lines_and_voice_mail()
    {
        Assert.True(RoamingSelf.TryRead(TestDocuments.Read("client-roamingData.xml"), out var self, out _));
        var properties = UserProperties.Of(self.Categories!.Named("userProperties").Single().Content)!;

        Assert.Equal(new UserPhoneLine("Uc", "tel:+1421112222;ext=12222"), Assert.Single(properties.Lines));
        Assert.Equal(("Uc", true), (properties.TelephonyMode, properties.VoicemailEnabled));
        Assert.StartsWith("EUM:john@contoso.com", properties.VoicemailUri, StringComparison.Ordinal);
        Assert.Equal(properties, UserProperties.Of(properties.ToElement()));
    }

    [Fact]
    public void Every_example_survives_reading_and_writing_but_for_the_order_of_what_is_not_known()
    {
        foreach (var category in Colleagues.Categories)
        {
            DocumentElement?[] written =
            [
                PresenceState.Of(category.Content)?.ToElement(), PresenceNote.Of(category.Content)?.ToElement(), ContactCard.Of(category.Content)?.ToElement(),
                ServiceCapabilities.Of(category.Content)?.ToElement(), CalendarData.Of(category.Content)?.ToElement(), CallRouting.Of(category.Content)?.ToElement(),
            ];
            foreach (var element in written.OfType<DocumentElement>())
            {
                Assert.Equal(Sorted(category.Content!), Sorted(TestDocuments.Tree(TestDocuments.Text(element.ToBytes()))));
            }
        }
    }

    [Fact]
    public void A_content_of_another_kind_is_none()
    {
        var other = new DocumentElement("urn:x", "x");
        foreach (var content in new[] { null, other })
        {
            Assert.Null(PresenceState.Of(content));
            Assert.Null(PresenceNote.Of(content));
            Assert.Null(ContactCard.Of(content));
            Assert.Null(DeviceCapabilities.Of(content));
            Assert.Null(ServiceCapabilities.Of(content));
            Assert.Null(CalendarData.Of(content));
            Assert.Null(UserProperties.Of(content));
            Assert.Null(CallRouting.Of(content));
        }
    }

    internal static DocumentElement Content(string name, uint? instance = null) =>
        Colleagues.Categories.First(category => category.Name == name && (instance is null || category.Instance == instance)).Content!;

    private static PresenceCategories Read()
    {
        Assert.True(PresenceCategories.TryRead(TestDocuments.Read("lync2013-colleagues-container.xml"), out var categories, out var error), error.ToString());
        return categories;
    }

    // The markers of schema generations move behind what is known, waits before lists.
    private static DocumentElement Sorted(DocumentElement element) => element with
    {
        Attributes = ValueList.From(element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal)),
        Children = ValueList.From(element.Children.Select(Sorted).OrderBy(child => child.Name, StringComparer.Ordinal)),
        Text = element.Text.Trim(),
    };
}
