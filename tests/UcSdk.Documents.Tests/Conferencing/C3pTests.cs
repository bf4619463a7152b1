namespace UcSdk.Documents.Tests;

public sealed class C3pTests
{
    private const string Factory = "sip:alice@contoso.com;gruu;opaque=app:conf:focusfactory";
    private const string Focus = "sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B";

    [Fact]
    public void The_request_for_a_conference_that_a_client_sends_is_understood()
    {
        var request = ReadRequest(TestDocuments.Read("client-addConference.xml"));
        var conference = Assert.IsType<AddConferenceCommand>(request.Command).Conference;

        Assert.Equal(("7001", "sip:alice@contoso.com", Factory), (request.RequestId, request.From, request.To));
        Assert.Equal("", conference.Entity);
        Assert.Equal("", conference.Description!.Subject);
        Assert.Equal("00112233445566778899AABBCCDDEEFF", conference.Description.ConferenceId);
        Assert.Equal(new DateTimeOffset(2030, 1, 31, 17, 0, 0, TimeSpan.Zero), conference.Description.ExpiryTime);
        Assert.Equal(AdmissionPolicies.OpenAuthenticated, conference.Description.AdmissionPolicy);
        Assert.Equal(["chat", "audio-video"], conference.View!.Entities.Select(view => view.Entity));
    }

    [Fact]
    public void A_request_for_a_conference_is_written_as_the_client_writes_it()
    {
        var request = new C3pRequest("7001", "sip:alice@contoso.com", Factory, new AddConferenceCommand(new ConferenceInfo("")
        {
            Description = new()
            {
                Subject = "",
                ConferenceId = "00112233445566778899AABBCCDDEEFF",
                ExpiryTime = new(2030, 1, 31, 17, 0, 0, TimeSpan.Zero),
                AdmissionPolicy = AdmissionPolicies.OpenAuthenticated,
            },
            View = new() { Entities = [new(ConferenceEntityTypes.Chat), new(ConferenceEntityTypes.AudioVideo)] },
        }));

        AssertSameDocument(TestDocuments.Read("client-addConference.xml"), request.ToBytes());
    }

    [Fact]
    public void The_join_that_a_client_sends_is_understood_and_written_the_same()
    {
        var bytes = TestDocuments.Read("client-addUser.xml");
        var request = ReadRequest(bytes);
        var command = Assert.IsType<AddUserCommand>(request.Command);

        Assert.Equal(Focus, command.ConferenceUri);
        Assert.Equal("sip:bob@contoso.com", command.User.Entity);
        Assert.Equal([ConferenceRoles.Attendee], command.User.Roles);
        Assert.Equal("{2508C0BD-EA91-4205-93B4-723FF15031B6}", Assert.Single(command.User.Endpoints).Entity);
        AssertSameDocument(bytes, request.ToBytes());
        AssertSameDocument(
            bytes,
            new C3pRequest("7002", "sip:bob@contoso.com", Focus, AddUserCommand.Join(
                Focus, "sip:bob@contoso.com", new Guid("2508C0BD-EA91-4205-93B4-723FF15031B6"), lobbyCapable: false)).ToBytes());
    }

    [Fact]
    public void A_join_that_can_wait_in_the_lobby_says_so_behind_the_separator()
    {
        var request = new C3pRequest("1", "sip:bob@contoso.com", Focus, AddUserCommand.Join(Focus, "sip:bob@contoso.com", Guid.Empty));

        Assert.Equal(
            """<request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" xmlns:cis="urn:ietf:params:xml:ns:conference-info-separator" xmlns:msci2="http://schemas.microsoft.com/rtc/2008/12/confinfoextensions" """
            + $"""C3PVersion="1" to="{Focus}" from="sip:bob@contoso.com" requestId="1"><addUser><conferenceKeys confEntity="{Focus}"/>"""
            + """<ci:user entity="sip:bob@contoso.com"><ci:roles><ci:entry>attendee</ci:entry></ci:roles><ci:endpoint entity="{00000000-0000-0000-0000-000000000000}">"""
            + """<msci:clientInfo><cis:separator/><msci2:lobby-capable>true</msci2:lobby-capable></msci:clientInfo></ci:endpoint></ci:user></addUser></request>""",
            TestDocuments.Text(request.ToBytes()));
    }

    [Fact]
    public void The_specifications_answer_to_a_join_is_understood()
    {
        var response = ReadResponse(TestDocuments.Read("ms-confbas-2.2.3.4-addUser.xml"));
        var result = Assert.IsType<AddUserResult>(response.Result);

        Assert.True(response.IsSuccess);
        Assert.Equal("sip:user@fabrikam.com;gruu;opaque=app:conf:focus:id:BE92", result.ConferenceUri);
        Assert.Equal(ConferenceRoles.Attendee, result.GrantedRole);
        Assert.True(result.User.ClientInfo!.LobbyCapable);
    }

    [Fact]
    public void The_specifications_request_for_a_conference_by_id_is_understood_and_keeps_what_we_do_not_know()
    {
        var bytes = TestDocuments.Read("ms-confpro-4.5-getConference.xml");
        var request = ReadRequest(bytes);
        var command = Assert.IsType<GetConferenceCommand>(request.Command);

        Assert.Equal("SDFBSD12", command.ConferenceId);
        Assert.Null(command.ConferenceUri);
        Assert.Equal("encryption-key", Assert.Single(command.Extensions).Name);
        AssertSameDocument(bytes, request.ToBytes());
    }

    [Fact]
    public void The_specifications_answer_to_the_end_of_a_conference_is_understood()
    {
        var result = Assert.IsType<DeleteConferenceResult>(ReadResponse(TestDocuments.Read("ms-confbas-2.2.3.14-deleteConference.xml")).Result);

        Assert.Equal("sip:alice@fabrikam.com;gruu;opaque=app:conf:focus:id:5D3747C", result.ConferenceUri);
    }

    [Fact]
    public void Every_command_comes_back_as_it_was_written()
    {
        C3pCommand[] commands =
        [
            new AddConferenceCommand(new ConferenceInfo("") { Description = new() { Subject = "Plans" }, IsStatic = true }),
            new GetConferenceCommand { ConferenceUri = Focus },
            new DeleteConferenceCommand(Focus),
            new AddUserCommand(Focus, new ConferenceUser("sip:carol@contoso.com")) { McuUri = Focus.Replace("focus", "audio-video", StringComparison.Ordinal) },
            new DeleteUserCommand(Focus, "sip:bob@contoso.com"),
            new GetConferencingCapabilitiesCommand(),
        ];
        foreach (var command in commands)
        {
            var request = new C3pRequest("9", "sip:alice@contoso.com", Focus, command);
            Assert.Equal(request, ReadRequest(request.ToBytes()));
        }
    }

    [Fact]
    public void Every_result_comes_back_as_it_was_written()
    {
        var request = new C3pRequest("9", "sip:alice@contoso.com", Focus, new GetConferencingCapabilitiesCommand());
        C3pResult[] results =
        [
            new AddConferenceResult(new ConferenceInfo(Focus) { Description = new() { LastUpdate = new(2030, 1, 1, 8, 30, 0, TimeSpan.Zero) } }),
            new GetConferenceResult(new ConferenceInfo(Focus) { Description = new() { ServerMode = 14 } }),
            new DeleteConferenceResult(Focus),
            new AddUserResult(Focus, new ConferenceUser("sip:bob@contoso.com") { Roles = ["presenter"] }),
            new DeleteUserResult { ConferenceUri = Focus, UserUri = "sip:bob@contoso.com" },
            new GetConferencingCapabilitiesResult
            {
                McuTypes = ["chat", "audio-video"],
                PstnBridging = true,
                DefaultRegion = "Berlin",
                Regions = [new("Berlin", ["+493012345", "+493012346"])],
            },
        ];
        foreach (var result in results)
        {
            var response = request.Succeed(result);
            Assert.Equal(response, ReadResponse(response.ToBytes()));
        }
    }

    [Fact]
    public void The_capabilities_are_written_as_clients_read_them()
    {
        var response = new C3pRequest("3", "sip:a@b", Factory, new GetConferencingCapabilitiesCommand())
            .Succeed(new GetConferencingCapabilitiesResult { McuTypes = ["chat", "audio-video"], PstnBridging = false });

        Assert.Equal(
            $"""<response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="3" from="{Factory}" to="sip:a@b" code="success"><getConferencingCapabilities capability-version="1"><mcu-types><mcuType>chat</mcuType><mcuType>audio-video</mcuType></mcu-types><pstn-bridging enabled="false"/></getConferencingCapabilities></response>""",
            TestDocuments.Text(response.ToBytes()));
    }

    [Fact]
    public void A_response_swaps_from_and_to_and_names_the_command_and_the_reason()
    {
        var failed = new C3pRequest("8", "sip:bob@contoso.com", Focus, new DeleteUserCommand(Focus, "sip:alice@contoso.com")).Fail(C3pReasons.Unauthorized);
        var read = ReadResponse(failed.ToBytes());

        Assert.Equal(("8", Focus, "sip:bob@contoso.com", C3pCode.Failure), (read.RequestId, read.From, read.To, read.Code));
        Assert.Equal(("deleteUser", C3pReasons.Unauthorized), (read.Result!.Name, read.Result.Reason));
        Assert.False(read.IsSuccess);
        Assert.Equal(failed, read);
    }

    [Fact]
    public void A_pending_response_may_say_nothing_more()
    {
        var pending = ReadResponse(TestDocuments.Utf8("<response requestId='1' code='pending'/>"));

        Assert.Equal(C3pCode.Pending, pending.Code);
        Assert.Null(pending.Result);
        Assert.Equal(C3pCode.Pending, ReadResponse(new C3pRequest("1", "a", "b", new GetConferencingCapabilitiesCommand()).Pend().ToBytes()).Code);
    }

    [Fact]
    public void An_unknown_command_and_its_result_are_kept_whole()
    {
        const string text = """<request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" to="t" from="f" requestId="1" new="x"><modifyConferenceLock a="1"><conferenceKeys confEntity="c"/><locked>true</locked></modifyConferenceLock></request>""";
        var request = ReadRequest(TestDocuments.Utf8(text));

        Assert.Equal("modifyConferenceLock", request.Command.Name);
        Assert.Equal("true", Assert.IsType<UnknownC3pCommand>(request.Command).Element.ChildText("locked"));
        Assert.Equal(TestDocuments.Tree(text), TestDocuments.Tree(TestDocuments.Text(request.ToBytes())));
        Assert.IsType<BareC3pResult>(ReadResponse(TestDocuments.Utf8("<response requestId='1' code='success'><modifyConferenceLock/></response>")).Result);
    }

    [Theory]
    [InlineData("<request/>", "request")]
    [InlineData("<response requestId='1' code='success'><addUser/></response>", "response")]
    [InlineData("<request requestId='1' from='f' to='t'><getConferencingCapabilities/><getConferencingCapabilities/></request>", "request")]
    [InlineData("<request from='f' to='t'><getConferencingCapabilities/></request>", "request/@requestId")]
    [InlineData("<request requestId='1' to='t'><getConferencingCapabilities/></request>", "request/@from")]
    [InlineData("<request requestId='1' from='f'><getConferencingCapabilities/></request>", "request/@to")]
    [InlineData("<request requestId='1' from='f' to='t'><deleteUser><userKeys confEntity='c'/></deleteUser></request>", "request/deleteUser/userKeys/@userEntity")]
    [InlineData("<request requestId='1' from='f' to='t'><deleteConference/></request>", "request/deleteConference/conferenceKeys")]
    public void A_request_that_lacks_something_is_refused_with_the_place_and_error_3006(string text, string where)
    {
        Assert.False(C3pRequest.TryRead(TestDocuments.Utf8(text), out var request, out var error));
        Assert.Null(request);
        Assert.Equal(where, error.Where);
        Assert.Same(C3pError.XmlInvalid, C3pError.Of(error));
    }

    [Theory]
    [InlineData("<user entity='u'/>", "request/addUser/conferenceKeys")]
    [InlineData("<conferenceKeys confEntity='c'/>", "request/addUser/user")]
    [InlineData("<conferenceKeys confEntity='c'/><user/>", "request/addUser/user/@entity")]
    [InlineData("<conferenceKeys confEntity='c'/><user entity='u'><endpoint/></user>", "request/addUser/endpoint/@entity")]
    public void An_addUser_that_lacks_something_is_refused_with_error_3007(string content, string where)
    {
        var text = $"<request requestId='1' from='f' to='t'><addUser>{content}</addUser></request>";
        Assert.False(C3pRequest.TryRead(TestDocuments.Utf8(text), out _, out var error));
        Assert.Equal(where, error.Where);
        Assert.Same(C3pError.AddUserInvalid, C3pError.Of(error));
    }

    [Theory]
    [InlineData("<request requestId='1' code='success'><addUser/></request>")]
    [InlineData("<response requestId='1' code='perhaps'><addUser/></response>")]
    [InlineData("<response requestId='1'><addUser/></response>")]
    [InlineData("<response requestId='1' code='success'/>")]
    [InlineData("<response requestId='1' code='success'><a/><b/></response>")]
    [InlineData("<response requestId='1' code='success'><addConference/></response>")]
    [InlineData("<response requestId='1' code='success'><addConference><conference-info entity=''/></addConference></response>")]
    public void A_response_that_lacks_something_is_refused(string text)
    {
        Assert.False(C3pResponse.TryRead(TestDocuments.Utf8(text), out var response, out var error));
        Assert.Null(response);
        Assert.False(error.IsNone);
    }

    [Fact]
    public void Text_of_requests_shows_neither_keys_nor_content()
    {
        var request = new C3pRequest("1", "sip:a@b", Factory, new AddConferenceCommand(new ConferenceInfo("")
        {
            Description = new() { ConferenceKey = "s3cret", Subject = "Merger" },
        }));

        Assert.Equal("request 1 addConference", request.ToString());
        Assert.DoesNotContain("s3cret", ((AddConferenceCommand)request.Command).Conference.Description!.ToString(), StringComparison.Ordinal);
    }

    private static C3pRequest ReadRequest(byte[] bytes)
    {
        Assert.True(C3pRequest.TryRead(bytes, out var request, out var error), error.ToString());
        return request;
    }

    private static C3pResponse ReadResponse(byte[] bytes)
    {
        Assert.True(C3pResponse.TryRead(bytes, out var response, out var error), error.ToString());
        return response;
    }

    // The order of attributes and the prefixes are free in XML; everything else must agree.
    private static void AssertSameDocument(byte[] expected, byte[] actual) =>
        Assert.Equal(Sorted(TestDocuments.Tree(TestDocuments.Text(expected))), Sorted(TestDocuments.Tree(TestDocuments.Text(actual))));

    private static DocumentElement Sorted(DocumentElement element) => element with
    {
        Attributes = ValueList.From(element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal)),
        Children = ValueList.From(element.Children.Select(Sorted)),
    };
}
