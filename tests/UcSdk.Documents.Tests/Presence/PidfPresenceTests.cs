namespace UcSdk.Documents.Tests;

public sealed class PidfPresenceTests
{
    [Fact]
    public void The_rfcs_presence_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("rfc3863-4.3.2-presence.xml");
        Assert.True(PidfPresence.TryRead(bytes, out var presence, out var error), error.ToString());

        Assert.Equal(("pres:someone@example.com", true), (presence.Entity, presence.IsOpen));
        var first = presence.Tuples[0];
        Assert.Equal(("bs35r9", true, "im:someone@mobilecarrier.net", 0.8m), (first.Id, first.IsOpen, first.Contact, first.ContactPriority));
        Assert.Equal([new("Don't Disturb Please!", "en"), new("Ne derangez pas, s'il vous plait", "fr")], first.Notes);
        Assert.Equal(new DateTimeOffset(2001, 10, 27, 16, 49, 29, TimeSpan.Zero), first.Timestamp);
        Assert.Equal(["im", "location"], first.StatusExtensions.Select(extension => extension.Name));
        Assert.Equal("I'll be in Tokyo next week", presence.Note);
        PresenceDocumentsTests.AssertSameTree(bytes, presence.ToBytes());
    }

    [Fact]
    public void Activities_of_a_person_are_understood_and_survive_with_what_is_around_them()
    {
        var bytes = TestDocuments.Read("rfc4480-activities.xml");
        Assert.True(PidfPresence.TryRead(bytes, out var presence, out var error), error.ToString());

        Assert.Equal(["away"], presence.Activities);
        Assert.Equal("p1", presence.Person!.Id);
        Assert.Equal(["class", "mood"], presence.Person.Extensions.Select(extension => extension.Name));
        Assert.Equal(["note"], presence.Person.ActivitiesExtensions.Select(extension => extension.Name));
        Assert.True(PidfPresence.TryRead(presence.ToBytes(), out var again, out _));
        Assert.Equal(presence, again);
        Assert.Contains("<rpid:activities from=\"2005-05-30T12:00:00+05:00\"", TestDocuments.Text(presence.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Presence_is_written_in_the_order_of_the_schema()
    {
        var presence = new PidfPresence("sip:alice@example.com")
        {
            Tuples = [new("t1") { IsOpen = false, Contact = "sip:alice@192.0.2.1", ContactPriority = 0.5m, Timestamp = new(2011, 1, 1, 0, 0, 0, TimeSpan.Zero) }],
            Person = new("p1") { Activities = ["busy", "on-the-phone"], OtherActivity = "juggling", Notes = [new("hello", "en")] },
        };

        Assert.Equal(
            """<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="sip:alice@example.com"><tuple id="t1"><status><basic>closed</basic></status><contact priority="0.5">sip:alice@192.0.2.1</contact><timestamp>2011-01-01T00:00:00Z</timestamp></tuple><dm:person id="p1"><rpid:activities><rpid:busy/><rpid:on-the-phone/><rpid:other>juggling</rpid:other></rpid:activities><dm:note xml:lang="en">hello</dm:note></dm:person></presence>""",
            TestDocuments.Text(presence.ToBytes()));
        Assert.True(PidfPresence.TryRead(presence.ToBytes(), out var again, out _));
        Assert.Equal(presence, again);
    }

    [Theory]
    [InlineData("<status><basic>open</basic><activities><activity>busy</activity></activities></status>", true, "busy")]
    [InlineData("<status><basic>OPEN</basic></status><activities xmlns='urn:ietf:params:xml:ns:pidf:rpid'><away/></activities>", true, "away")]
    [InlineData("<status><basic>closed</basic></status>", false, null)]
    [InlineData("<status/>", null, null)]
    [InlineData("", null, null)]
    [InlineData("<status><basic>perhaps</basic><activities><activity>two words</activity></activities></status>", null, null)]
    public void Activities_are_found_where_early_clients_wrote_them(string content, bool? open, string? activity)
    {
        Assert.True(PidfPresence.TryRead(
            TestDocuments.Utf8($"<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:a@b'><tuple id='1'>{content}</tuple></presence>"), out var presence, out var error), error.ToString());

        Assert.Equal((open, activity), (presence.IsOpen, presence.Activities.FirstOrDefault()));
        Assert.NotEmpty(presence.ToBytes());
    }

    [Theory]
    [InlineData("open", null, true, null)]
    [InlineData("inuse", null, true, "busy")]
    [InlineData("inactive", "away", true, "away")]
    [InlineData("inuse", "onthephone", true, "on-the-phone")]
    [InlineData("inactive", "outtolunch", true, "meal")]
    [InlineData("closed", null, false, null)]
    public void Presence_of_the_first_drafts_is_read_as_presence(string status, string? more, bool open, string? activity)
    {
        var substatus = more is null ? "" : $"<msnsubstatus substatus=\"{more}\"/>";
        Assert.True(PidfPresence.TryRead(
            TestDocuments.Utf8($"""<presence><presentity uri="sip:bob@example.com;method=SUBSCRIBE"/><atom id="1001"><address uri="sip:bob@192.0.2.4:14354;user=ip" priority="0.800000"><status status="{status}"/>{substatus}</address></atom></presence>"""),
            out var presence,
            out var error), error.ToString());

        Assert.Equal(("sip:bob@example.com", open, activity), (presence.Entity, presence.IsOpen, presence.Activities.FirstOrDefault()));
        Assert.Equal(("1001", "sip:bob@192.0.2.4:14354"), (presence.Tuples[0].Id, presence.Tuples[0].Contact));
    }
}
