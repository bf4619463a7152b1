namespace UcSdk.Tests;

/// <summary>What categories say of a contact, by every name of the Lync SDK ([MS-PRES] §2.2.2, §7.3).</summary>
public sealed class ContactInformationTests
{
    private readonly Lab _lab = new();
    private readonly ContactListScript _list;
    private readonly PresenceScript _script;

    public ContactInformationTests() => (_list, _script) = (new(_lab), new(_lab));

    [Fact]
    public void Every_type_is_read_from_what_the_wire_carries() => _lab.Run(async () =>
    {
        var now = _lab.Simulation.Time.GetUtcNow();
        _script.Known["sip:bob@contoso.com"] =
            PresenceScript.State(
                7500,
                "<activity token=\"in-a-meeting\" minAvailability=\"6500\" maxAvailability=\"8999\"><custom LCID=\"1033\">Quarterly numbers</custom></activity><endpointLocation>Berlin</endpointLocation>"
                + "<meetingSubject>Q3</meetingSubject><meetingLocation>Room 5</meetingLocation><timeZoneBias>-60</timeZoneBias><timeZoneName>W. Europe</timeZoneName><device>computer</device>",
                "lastActive=\"2011-01-01T09:30:00\"")
            + PresenceScript.Card(
                "<identity><name><displayName>Bob Smith</displayName></name><email>bob@contoso.com</email></identity><company>Contoso</company><department>Sales</department><title>Manager</title>"
                + "<office>5/1</office><url type=\"personal\">http://bob.example</url><phone type=\"work\"><uri>tel:+15551</uri><displayString>+1 555 1</displayString></phone>"
                + "<photo type=\"enterprise\"><uri>https://photos/bob</uri><hash>77</hash></photo><description>Sells</description>")
            + PresenceScript.Card("<phone type=\"mobile\"><uri>tel:+15552</uri></phone>", instance: 5)
            + PresenceScript.Note("personal", "Back at four", "2011-01-01T09:00:00")
            + $"<category name=\"calendarData\" instance=\"0\" publishTime=\"2011-01-01T09:00:00\"><calendarData xmlns=\"http://schemas.microsoft.com/2006/09/sip/calendarData\" mailboxID=\"bob@contoso.com\">"
            + $"<freeBusy startTime=\"{now.AddMinutes(-20):yyyy-MM-ddTHH:mm:ssZ}\" granularity=\"PT15M\" encodingVersion=\"1\">CA==</freeBusy></calendarData></category>"
            + "<category name=\"services\" instance=\"0\" publishTime=\"2011-01-01T09:00:00\"><services xmlns=\"http://schemas.microsoft.com/2006/09/sip/service\"><service uri=\"sip:bob@contoso.com\"><capabilities>"
            + "<text render=\"true\" capture=\"true\" deviceAvailability=\"3500\"/><voice render=\"true\" capture=\"false\" deviceAvailability=\"3500\"/></capabilities></service></services></category>";
        var bob = (await SignInAsync()).GetContactByUri("bob@contoso.com");

        var all = bob.GetContactInformation(ContactInformationTypeSet.All);
        Assert.Equal(Enum.GetValues<ContactInformationType>().Order(), all.Keys.Order());
        Dictionary<ContactInformationType, object?> expected = new()
        {
            [ContactInformationType.Availability] = ContactAvailability.BusyIdle,
            [ContactInformationType.ActivityId] = "in-a-meeting",
            [ContactInformationType.Activity] = "Quarterly numbers",
            [ContactInformationType.LocationName] = "Berlin",
            [ContactInformationType.TimeZone] = "W. Europe",
            [ContactInformationType.TimeZoneBias] = -60,
            [ContactInformationType.MeetingSubject] = "Q3",
            [ContactInformationType.MeetingLocation] = "Room 5",
            [ContactInformationType.IdleStartTime] = new DateTimeOffset(2011, 1, 1, 9, 30, 0, TimeSpan.Zero),
            [ContactInformationType.DisplayName] = "Bob Smith",
            [ContactInformationType.PrimaryEmailAddress] = "bob@contoso.com",
            [ContactInformationType.Title] = "Manager",
            [ContactInformationType.Company] = "Contoso",
            [ContactInformationType.Department] = "Sales",
            [ContactInformationType.Office] = "5/1",
            [ContactInformationType.HomePageUrl] = "http://bob.example",
            [ContactInformationType.IconUrl] = "https://photos/bob",
            [ContactInformationType.Description] = "Sells",
            [ContactInformationType.ContactType] = ContactType.Person,
            [ContactInformationType.PersonalNote] = "Back at four",
            [ContactInformationType.DefaultNote] = "Back at four",
            [ContactInformationType.DefaultNoteType] = DefaultNoteType.Personal,
            [ContactInformationType.DefaultNotePublishedTime] = new DateTimeOffset(2011, 1, 1, 9, 0, 0, TimeSpan.Zero),
            [ContactInformationType.CurrentCalendarState] = ContactCalendarState.Busy,
            [ContactInformationType.NextCalendarState] = ContactCalendarState.Available,
            [ContactInformationType.CapabilityString] = "IM, audio",
            [ContactInformationType.Capabilities] =
                ContactCapabilities.ShowPresence | ContactCapabilities.CaptureInstantMessage | ContactCapabilities.RenderInstantMessage | ContactCapabilities.RenderAudio,
            [ContactInformationType.SourceNetwork] = SourceNetworkType.Enterprise,
            [ContactInformationType.IsOutOfOffice] = false,
        };
        Assert.All(expected, pair => Assert.Equal(pair.Value, all[pair.Key]));
        Assert.Equal([new LocaleString(1033, "Quarterly numbers")], (IReadOnlyList<LocaleString>)all[ContactInformationType.CustomActivity]!);
        Assert.Equal(
            [("Lync", "sip:bob@contoso.com"), ("WorkPhone", "tel:+15551"), ("MobilePhone", "tel:+15552")],
            bob.ContactEndpoints.Select(endpoint => (endpoint.Type.ToString(), endpoint.Uri)));
        Assert.Equal(["+1 555 1", "+15552"], bob.Information.Phones.Select(phone => phone.DisplayName));
        Assert.Equal(["sip:bob@contoso.com"], (IReadOnlyList<string>)all[ContactInformationType.InstantMessageAddresses]!);
        var sometimesNull = all.Where(pair => pair.Value is null).Select(pair => pair.Key);
        Assert.Equal(
            [
                ContactInformationType.Photo, ContactInformationType.OutOfficeNote, ContactInformationType.IconStream, ContactInformationType.FirstName,
                ContactInformationType.LastName, ContactInformationType.AttributionString, ContactInformationType.HiResolutionPhoto,
            ],
            sometimesNull);
    });

    [Fact]
    public void While_nothing_is_known_values_are_null_or_say_so() => _lab.Run(async () =>
    {
        var dave = (await SignInAsync()).GetContactByUri("dave@fabrikam.com");
        var all = dave.GetContactInformation(ContactInformationTypeSet.All);
        Assert.Equal(
            [
                "Availability None", "DisplayName dave@fabrikam.com", "DefaultNoteType Unknown", "SourceNetwork Unknown", "Capabilities None", "ContactType Unknown",
                "CurrentCalendarState Unknown", "NextCalendarState Unknown", "IsOutOfOffice False",
            ],
            all.Where(pair => pair.Value is not null and not System.Collections.IEnumerable or string).Select(pair => $"{pair.Key} {pair.Value}"));
        Assert.Throws<ArgumentOutOfRangeException>(() => dave.GetContactInformation((ContactInformationType)11));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactInformationTypeSet((ContactInformationType)99));
    });

    [Theory]
    [InlineData(0, ContactAvailability.None)]
    [InlineData(2999, ContactAvailability.None)]
    [InlineData(3000, ContactAvailability.Free)]
    [InlineData(4499, ContactAvailability.Free)]
    [InlineData(4500, ContactAvailability.FreeIdle)]
    [InlineData(6000, ContactAvailability.Busy)]
    [InlineData(7500, ContactAvailability.BusyIdle)]
    [InlineData(9000, ContactAvailability.DoNotDisturb)]
    [InlineData(11999, ContactAvailability.DoNotDisturb)]
    [InlineData(12000, ContactAvailability.TemporarilyAway)]
    [InlineData(15000, ContactAvailability.Away)]
    [InlineData(18000, ContactAvailability.Offline)]
    [InlineData(99999, ContactAvailability.Offline)]
    public void An_availability_is_read_by_its_range(int number, ContactAvailability availability) => _lab.Run(async () =>
    {
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(number);
        var bob = (await SignInAsync()).GetContactByUri("bob@contoso.com");
        Assert.Equal((availability, (uint)number), (bob.Availability, bob.Information.AvailabilityNumber));
    });

    [Fact]
    public void Of_several_notes_the_newest_is_shown_and_an_empty_category_takes_them_away() => _lab.Run(async () =>
    {
        _script.Known["sip:bob@contoso.com"] =
            PresenceScript.Note("personal", "newer", "2011-01-01T10:00:00", 0) + PresenceScript.Note("personal", "older", "2011-01-01T09:00:00", 7)
            + PresenceScript.Note("OOF", "In Rome", "2011-01-01T09:30:00", 9);
        var bob = (await SignInAsync()).GetContactByUri("bob@contoso.com");
        Assert.Equal(("newer", "In Rome", "newer", DefaultNoteType.Personal), (bob.Information.PersonalNote, bob.Information.OutOfOfficeNote, bob.Information.DefaultNote, bob.Information.DefaultNoteType));
        await TellAsync(PresenceScript.Note("OOF", "In Rome", "2011-01-01T11:00:00") + PresenceScript.Note("personal", "newer", "2011-01-01T10:00:00", 7));
        Assert.Equal(DefaultNoteType.OutOfOffice, bob.Information.DefaultNoteType);
        await TellAsync(PresenceScript.Note("OOF", "In Rome", "2011-01-01T11:00:00", attributes: "endTime=\"1999-01-01T00:00:00\""));
        Assert.Null(bob.Information.DefaultNote);
        await TellAsync(PresenceScript.Note("personal", "again", "2011-01-01T12:00:00"));
        await TellAsync("<category name=\"note\"/>");
        Assert.Null(bob.Information.PersonalNote);
    });

    [Fact]
    public void A_category_that_is_not_named_stays_and_the_aggregate_is_believed_first() => _lab.Run(async () =>
    {
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(3500) + PresenceScript.Card("<title>Manager</title>");
        var bob = (await SignInAsync()).GetContactByUri("bob@contoso.com");
        await TellAsync(PresenceScript.State(6500) + PresenceScript.State(18500, time: "2012-01-01T10:00:00").Replace("aggregateState", "machineState", StringComparison.Ordinal));
        Assert.Equal((ContactAvailability.Busy, "Manager"), (bob.Availability, bob.Information.Title));
        await TellAsync("<category name=\"state\" instance=\"1\"/>");
        Assert.Equal((ContactAvailability.None, null, "Manager"), (bob.Availability, bob.Information.Activity, bob.Information.Title));
        await TellAsync("<category name=\"somethingNew\" instance=\"1\"><x xmlns=\"urn:x\"/></category>");
        Assert.Equal("Manager", bob.Information.Title);
    });

    [Theory]
    [InlineData("<activity token=\"on-the-phone\" minAvailability=\"6500\" maxAvailability=\"8999\"/>", 6500, "In a call")]
    [InlineData("<activity token=\"on-the-phone\" minAvailability=\"6500\" maxAvailability=\"8999\"/>", 15500, "Away")]
    [InlineData("<activity token=\"out-of-office\"/>", 15500, "Out of office")]
    [InlineData("<activity token=\"yodelling\"/>", 9500, "Do not disturb")]
    [InlineData("", 18500, "Offline")]
    public void An_activity_is_shown_in_words(string activity, int availability, string words) => _lab.Run(async () =>
    {
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(availability, activity);
        var bob = (await SignInAsync()).GetContactByUri("bob@contoso.com");
        Assert.Equal(words, bob.Information.Activity);
        Assert.Equal(words == "Out of office", bob.GetContactInformation(ContactInformationType.IsOutOfOffice));
    });

    [Fact]
    public void The_users_own_name_for_a_contact_comes_first() => _lab.Run(async () =>
    {
        _script.Known["sip:carol@contoso.com"] = PresenceScript.Card("<identity><name><displayName>Carol Jones</displayName></name></identity>");
        var carol = (await SignInAsync()).GetContactByUri("carol@contoso.com");
        Assert.Equal("Carol C", carol.DisplayName);
        var changes = new Recorder<ContactInformationChange>();
        carol.InformationChanges.Subscribe(changes);
        await _list.NotifyAsync("<contactDelta deltaNum=\"8\" prevDeltaNum=\"7\"><modifiedContact uri=\"sip:carol@contoso.com\" name=\"\" groups=\"2\"/></contactDelta>");
        await _lab.DelayAsync(0.2);
        Assert.Equal("Carol Jones", carol.DisplayName);
        Assert.Equal([ContactInformationType.DisplayName], Assert.Single(changes.Items).Changed);
    });

    private async Task<ContactManager> SignInAsync()
    {
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        return client.ContactManager;
    }

    private async Task TellAsync(string categories)
    {
        await _script.TellAsync(PresenceScript.Document(PresenceScript.Of("sip:bob@contoso.com", categories)));
        await _lab.DelayAsync(0.2);
    }
}
