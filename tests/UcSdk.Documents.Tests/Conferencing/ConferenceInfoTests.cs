namespace UcSdk.Documents.Tests;

public sealed class ConferenceInfoTests
{
    private static readonly ConferenceUri Focus = ConferenceUri.Focus("sip:alice@contoso.com", "7ECB5F9B");

    [Fact]
    public void The_example_of_rfc_4575_is_understood()
    {
        Assert.True(ConferenceInfo.TryRead(TestDocuments.Read("rfc4575-basic-example.xml"), out var info, out var error), error.ToString());

        Assert.Equal(("sips:conf233@example.com", ElementState.Full, 1u), (info.Entity, info.State, info.Version!.Value));
        Assert.Equal("Agenda: This month's goals", info.Description!.Subject);
        Assert.Equal(50u, info.Description.MaximumUserCount);
        Assert.Equal("service-uris", Assert.Single(info.Description.Extensions).Name);
        Assert.Equal(33u, info.ConferenceState!.UserCount);
        Assert.Equal(["sip:bob@example.com", "sip:alice@example.com"], info.Users!.Users.Select(user => user.Entity));
        var bob = info.Users.Find("SIP:Bob@example.com")!;
        Assert.Equal("Bob Hoskins", bob.DisplayText);
        var laptop = Assert.Single(bob.Endpoints);
        Assert.Equal(("Bob's Laptop", EndpointStatuses.Disconnected, false), (laptop.DisplayText, laptop.Status, laptop.IsConnected));
        Assert.Equal(["disconnection-method", "disconnection-info"], laptop.Extensions.Select(extension => extension.Name));
        Assert.Equal(
            new ConferenceMedia("1") { DisplayText = "main audio", Type = "audio", Label = "34567", SourceId = "432424", Status = MediaStatuses.SendReceive },
            Assert.Single(laptop.Media));
        var phone = Assert.Single(info.Users.Users[1].Endpoints);
        Assert.Equal((EndpointStatuses.Connected, JoiningMethods.DialedOut), (phone.Status, phone.JoiningMethod));
    }

    [Fact]
    public void The_example_of_rfc_4575_comes_back_as_it_was_read()
    {
        Assert.True(ConferenceInfo.TryRead(TestDocuments.Read("rfc4575-basic-example.xml"), out var info, out _));
        Assert.True(ConferenceInfo.TryRead(info.ToBytes(), out var again, out _));
        Assert.Equal(info, again);
    }

    [Fact]
    public void A_whole_conference_is_written_element_by_element_in_the_known_order()
    {
        var bytes = Conference() with { Version = 1 };

        Assert.Equal(
            """<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" xmlns:cis="urn:ietf:params:xml:ns:conference-info-separator" xmlns:msci2="http://schemas.microsoft.com/rtc/2008/12/confinfoextensions" xmlns:ci="urn:ietf:params:xml:ns:conference-info" """
            + $"""entity="{Focus}" state="full" version="1">"""
            + """<conference-description state="full"><subject>Plans</subject><conf-uris state="full">"""
            + $"""<entry state="full"><uri>{Focus.For("chat")}</uri><display-text>chat</display-text><purpose>chat</purpose></entry>"""
            + $"""<entry state="full"><uri>{Focus.For("audio-video")}</uri><display-text>audio-video</display-text><purpose>audio-video</purpose></entry></conf-uris>"""
            + """<maximum-user-count>250</maximum-user-count><msci:conference-id>7ECB5F9B</msci:conference-id><msci:expiry-time>2030-01-31T17:00:00Z</msci:expiry-time>"""
            + """<msci:admission-policy>openAuthenticated</msci:admission-policy><msci:organizer><display-name>Alice</display-name><uri>sip:alice@contoso.com</uri></msci:organizer>"""
            + """<msci:join-url>https://meet.contoso.com/alice/7ECB5F9B</msci:join-url><cis:separator/><msci2:lobby-capable>true</msci2:lobby-capable><msci2:autopromote>0</msci2:autopromote>"""
            + """<msci2:pstn-lobby-bypass>true</msci2:pstn-lobby-bypass><msci2:server-mode>14</msci2:server-mode></conference-description>"""
            + """<conference-state><user-count>1</user-count><active>true</active><locked>false</locked></conference-state>"""
            + """<users state="full"><user entity="sip:bob@contoso.com" state="full"><display-text>Bob</display-text><roles><entry>attendee</entry></roles>"""
            + """<endpoint entity="{F}" session-type="focus" state="full"><status>connected</status><joining-method>dialed-in</joining-method><msci:authMethod>enterprise</msci:authMethod><msci:accessMethod>internal</msci:accessMethod><msci:clientInfo/></endpoint>"""
            + """<endpoint entity="{A}" session-type="audio-video" state="full" endpoint-uri="sip:bob@contoso.com;gruu"><status>connected</status><media id="1"><display-text>main-audio</display-text><type>audio</type><label>main-audio</label><src-id>1234</src-id><status>sendrecv</status>"""
            + """<msci:media-state>connected</msci:media-state><msci:media-ingress-filter>unblock</msci:media-ingress-filter><msci:media-egress-filter>unblock</msci:media-egress-filter><msci:media-source-id>12</msci:media-source-id></media></endpoint></user></users>"""
            + $"""<msci:conference-view ci:state="full"><msci:entity-view ci:state="full" entity="{Focus}"><msci:entity-state><msci:locked>false</msci:locked></msci:entity-state></msci:entity-view>"""
            + $"""<msci:entity-view ci:state="full" entity="{Focus.For("chat")}"><msci:entity-state><msci:displayText>chat</msci:displayText><msci:locked>false</msci:locked><msci:media><entry><type>chat</type></entry></msci:media></msci:entity-state></msci:entity-view></msci:conference-view></conference-info>""",
            TestDocuments.Text(bytes.ToBytes()));
    }

    [Fact]
    public void A_whole_conference_comes_back_as_it_was_written()
    {
        Assert.True(ConferenceInfo.TryRead(Conference().ToBytes(), out var again, out _));
        Assert.Equal(Conference(), again);
    }

    [Fact]
    public void A_client_that_knows_local_names_only_finds_what_it_needs()
    {
        var root = TestDocuments.Tree(TestDocuments.Text(Conference().ToBytes()));

        Assert.Equal(Focus.Text, root.Attribute("entity"));
        Assert.Equal("Plans", root.Child("conference-description")!.ChildText("subject"));
        var chat = root.Child("conference-description")!.Child("conf-uris")!.ChildrenNamed("entry").First(entry => entry.ChildText("purpose") == "chat");
        Assert.Equal(Focus.For("chat").Text, chat.ChildText("uri"));
        var user = root.Child("users")!.Child("user")!;
        Assert.Equal("attendee", user.Child("roles")!.ChildText("entry"));
        var audio = user.ChildrenNamed("endpoint").First(endpoint => endpoint.Attribute("session-type") == "audio-video" && endpoint.ChildText("status") == "connected");
        Assert.Equal(("{A}", "1", "audio"), (audio.Attribute("entity"), audio.Child("media")!.Attribute("id"), audio.Child("media")!.ChildText("type")));
        var lockView = root.Child("conference-view")!.ChildrenNamed("entity-view")
            .First(view => view.Child("entity-state")?.Child("media")?.Child("entry")?.ChildText("type") == "chat");
        Assert.Equal("false", lockView.Child("entity-state")!.ChildText("locked"));
    }

    [Fact]
    public void A_reader_goes_by_local_names()
    {
        var info = TestDocuments.Info("""
            <x:conference-info xmlns:x="urn:x" entity="f" x:state="partial" version="2"><conference-view state="partial"><x:entity-view entity="f" state="deleted"/></conference-view></x:conference-info>
            """);

        Assert.Equal(ElementState.Partial, info.State);
        Assert.Equal(new ConferenceEntityView("f") { State = ElementState.Deleted }, Assert.Single(info.View!.Entities));
    }

    [Fact]
    public void Every_generation_behind_a_separator_survives_in_its_place()
    {
        const string text = """
            <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:cis="urn:ietf:params:xml:ns:conference-info-separator" xmlns:m2="http://schemas.microsoft.com/rtc/2008/12/confinfoextensions" xmlns:m3="urn:m3" entity="f"><conference-description><new-one/><cis:separator/><m2:autopromote>0</m2:autopromote><m2:new-two>x</m2:new-two><cis:separator/><m3:new-three/></conference-description></conference-info>
            """;
        var written = TestDocuments.Tree(TestDocuments.Text(TestDocuments.Info(text).ToBytes()));

        Assert.Equal(
            ["new-one", "separator", "autopromote", "new-two", "separator", "new-three"],
            written.Child("conference-description")!.Children.Select(child => child.Name));
    }

    [Fact]
    public void Unknown_elements_and_attributes_survive_at_every_level()
    {
        const string text = """
            <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="f" state="full" a0="0"><conference-description state="full" a1="1"><conf-uris state="full" a2="2"><entry state="full" a3="3"><uri>u</uri><e3/></entry><e2/></conf-uris><e1/></conference-description><conference-state a4="4"><e4/></conference-state><users state="full" a5="5"><user entity="u" state="full" a6="6"><endpoint entity="e" state="full" a7="7"><media id="1" a8="8"><e8/></media><e7/></endpoint><e6/></user><e5/></users><e0 deep="1"><er>x</er></e0></conference-info>
            """;

        Assert.Equal(text.Trim(), TestDocuments.Text(TestDocuments.Info(text).ToBytes()));
    }

    [Fact]
    public void Numbers_flags_and_times_that_are_none_are_not_said()
    {
        var info = TestDocuments.Info("""
            <conference-info entity="f" version="-1" static="maybe"><conference-description><maximum-user-count>many</maximum-user-count><expiry-time>tomorrow</expiry-time></conference-description></conference-info>
            """);

        Assert.Null(info.Version);
        Assert.Null(info.IsStatic);
        Assert.Equal(new ConferenceDescription(), info.Description);
    }

    [Theory]
    [InlineData("2030-01-31T17:00:00Z")]
    [InlineData("2030-01-31T17:00:00")]
    [InlineData("2030-01-31T17:00:00.0000000Z")]
    [InlineData("2030-01-31T18:00:00+01:00")]
    public void Times_are_read_in_the_forms_of_xml_schema(string text)
    {
        var info = TestDocuments.Info($"<conference-info entity='f'><conference-description><expiry-time>{text}</expiry-time></conference-description></conference-info>");

        Assert.Equal(new DateTimeOffset(2030, 1, 31, 17, 0, 0, TimeSpan.Zero), info.Description!.ExpiryTime);
    }

    [Theory]
    [InlineData("<conference-info/>", "conference-info/@entity")]
    [InlineData("<conference entity='f'/>", "conference")]
    [InlineData("<conference-info entity='f'><users><user/></users></conference-info>", "user/@entity")]
    [InlineData("<conference-info entity='f'><users><user entity='u'><endpoint/></user></users></conference-info>", "endpoint/@entity")]
    [InlineData("<conference-info entity='f'><users><user entity='u'><endpoint entity='e'><media/></endpoint></user></users></conference-info>", "media/@id")]
    [InlineData("<conference-info entity='f'><conference-view><entity-view/></conference-view></conference-info>", "entity-view/@entity")]
    [InlineData("<conference-info entity='f'><conference-description><conf-uris><entry/></conf-uris></conference-description></conference-info>", "entry/uri")]
    public void A_document_in_which_something_lacks_its_key_is_refused(string text, string where)
    {
        Assert.False(ConferenceInfo.TryRead(TestDocuments.Utf8(text), out var info, out var error));
        Assert.Null(info);
        Assert.Equal(where, error.Where);
    }

    [Fact]
    public void Text_of_a_roster_does_not_say_who_is_there()
    {
        Assert.DoesNotContain("bob", Conference().ToString() + Conference().Users!.Users[0], StringComparison.OrdinalIgnoreCase);
    }

    private static ConferenceInfo Conference() => new(Focus.Text)
    {
        Description = new()
        {
            Subject = "Plans",
            ConferenceUris = new() { Entries = [ConferenceUriEntry.For(Focus, "chat"), ConferenceUriEntry.For(Focus, "audio-video")] },
            MaximumUserCount = 250,
            ConferenceId = "7ECB5F9B",
            ExpiryTime = new(2030, 1, 31, 17, 0, 0, TimeSpan.Zero),
            AdmissionPolicy = AdmissionPolicies.OpenAuthenticated,
            Organizer = new() { DisplayName = "Alice", Uri = "sip:alice@contoso.com" },
            JoinUrl = "https://meet.contoso.com/alice/7ECB5F9B",
            LobbyCapable = true,
            AutoPromote = 0,
            PstnLobbyBypass = true,
            ServerMode = 14,
        },
        ConferenceState = new() { UserCount = 1, Active = true, Locked = false },
        Users = new()
        {
            Users =
            [
                new("sip:bob@contoso.com")
                {
                    DisplayText = "Bob",
                    Roles = [ConferenceRoles.Attendee],
                    Endpoints =
                    [
                        new("{F}")
                        {
                            SessionType = ConferenceEntityTypes.Focus,
                            Status = EndpointStatuses.Connected,
                            JoiningMethod = JoiningMethods.DialedIn,
                            AuthMethod = "enterprise",
                            AccessMethod = "internal",
                            ClientInfo = new(),
                        },
                        new("{A}")
                        {
                            SessionType = ConferenceEntityTypes.AudioVideo,
                            EndpointUri = "sip:bob@contoso.com;gruu",
                            Status = EndpointStatuses.Connected,
                            Media =
                            [
                                new("1")
                                {
                                    DisplayText = "main-audio",
                                    Type = "audio",
                                    Label = "main-audio",
                                    SourceId = "1234",
                                    Status = MediaStatuses.SendReceive,
                                    MediaState = "connected",
                                    IngressFilter = MediaFilters.Unblock,
                                    EgressFilter = MediaFilters.Unblock,
                                    MediaSourceId = 12,
                                },
                            ],
                        },
                    ],
                },
            ],
        },
        View = new()
        {
            Entities =
            [
                new(Focus.Text) { EntityState = new() { Locked = false } },
                new(Focus.For("chat").Text) { EntityState = new() { DisplayText = "chat", Locked = false, MediaTypes = ["chat"] } },
            ],
        },
    };
}
