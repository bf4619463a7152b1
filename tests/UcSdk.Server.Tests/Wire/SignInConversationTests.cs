using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Signing in, being provisioned, calling each other: what happens before and beside conferences.</summary>
public sealed class SignInConversationTests
{
    [Fact]
    public void A_client_signs_in_refreshes_and_signs_out()
    {
        using var lab = new ServerLab();
        var alice = lab.Connect("alice", "aabbccddeeff");

        alice.Register();
        var first = alice.ExpectsResponse(200);
        Assert.StartsWith("RTC/6.0", first.Headers[HeaderName.Server], StringComparison.Ordinal);
        Assert.Contains("ms-received-port=", first.Headers[HeaderName.Via], StringComparison.Ordinal);
        Assert.Contains("ms-received-cid=", first.Headers[HeaderName.Via], StringComparison.Ordinal);
        Assert.Equal(["adhoclist", "msrtc-event-categories"], first.Headers.GetAll(HeaderName.Supported));
        Assert.NotEmpty(alice.Gruu);

        var gruu = alice.Gruu;
        alice.Register();
        Assert.Contains("refreshed", alice.ExpectsResponse(200).Headers[HeaderName.PresenceState], StringComparison.Ordinal);
        Assert.Equal(gruu, alice.Gruu);

        alice.Register("Expires: 0");
        Assert.Null(alice.ExpectsResponse(200).Headers[HeaderName.PresenceState]);
        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Theory]
    [InlineData("SIP/2.0/tcp 10.0.0.5:50000;branch=z9hG4bKm1", "SIP/2.0/tcp 10.0.0.5:50000;branch=z9hG4bKm1")]
    [InlineData("SIP/2.0/tcp 10.0.0.5:50000 ; branch=z9hG4bKm1 , SIP/2.0/tcp 10.0.0.6;branch=z9hG4bKm0", "SIP/2.0/TCP 10.0.0.5:50000;branch=z9hG4bKm1")]
    [InlineData("SIP/2.0/tcp aabbccddeeff.example:5;branch=z9hG4bKm1", "SIP/2.0/TCP aabbccddeeff.example:5;branch=z9hG4bKm1")]
    [InlineData("SIP/2.0/tcp aabbccddeeff.example:5;branch=z9hG4bKm1;received=1.2.3.4;x=y", "SIP/2.0/TCP aabbccddeeff.example:5;branch=z9hG4bKm1;x=y")]
    [InlineData("SIP/2.0/tcp aabbccddeeff.example:5;ms-received-port=1;ms-received-cid=1;branch=z9hG4bKm1", "SIP/2.0/TCP aabbccddeeff.example:5;branch=z9hG4bKm1")]
    [InlineData("SIP/2.0/tcp aabbccddeeff.example:5;branch=z9hG4bKm1,SIP/2.0/tcp 10.0.0.6;branch=z9hG4bKm0", "SIP/2.0/TCP aabbccddeeff.example:5;branch=z9hG4bKm1")]
    public void The_top_via_gets_the_marks_of_the_connection_whatever_stands_in_it(string via, string kept)
    {
        using var lab = new ServerLab();
        var alice = lab.Connect("alice", "aabbccddeeff");

        alice.Register(edit: text => text.Replace(text.Split('\n')[1].TrimEnd('\r'), "Via: " + via, StringComparison.Ordinal));

        var vias = alice.ExpectsResponse(200).Headers.GetList(HeaderName.Via).ToArray();
        Assert.True(Via.TryParse(vias[0], out var top));
        Assert.Equal("aabbccddeeff.example", top.Parameters["received"]);
        Assert.Equal($"{alice.Flow.Local.Port}", top.Parameters["ms-received-port"]);
        Assert.Equal("100", top.Parameters["ms-received-cid"]);
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(vias[0], "received"));
        Assert.True(Via.TryParse(kept, out var expected));
        Assert.All(expected.Parameters, parameter => Assert.Equal(parameter.Value, top.Parameters[parameter.Key]));
        Assert.Equal(via.Contains(',', StringComparison.Ordinal) ? 2 : 1, vias.Length);
    }

    [Fact]
    public void A_registration_that_is_not_refreshed_ends_by_itself()
    {
        using var lab = new ServerLab();
        lab.SignIn("alice");

        lab.Advance(TimeSpan.FromSeconds(7200) - TimeSpan.FromTicks(1));
        Assert.Equal(1, lab.Counts.Bindings);
        lab.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Fact]
    public void The_client_is_provisioned_with_its_focus_factory_in_the_200()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        Provision(alice, "ServerConfiguration", "meetingPolicy", "somethingNew");

        var response = alice.ExpectsResponse(200);
        Assert.Equal("1", response.Headers[HeaderName.MsPiggybackCSeq]);
        Assert.Equal("0", response.Headers[HeaderName.Expires]);
        Assert.Equal("vnd-microsoft-provisioning-v2", response.Headers[HeaderName.Event]);
        Assert.Equal("terminated;expires=0", response.Headers[HeaderName.SubscriptionState]);
        Assert.Equal("application/vnd-microsoft-roaming-provisioning-v2+xml", response.ContentType);
        Assert.Contains(
            "<focusFactoryUri>sip:alice@contoso.test;gruu;opaque=app:conf:focusfactory</focusFactoryUri>", response.BodyText, StringComparison.Ordinal);
        Assert.Contains("<ucPC2PCAVEncryption>RequireEncryption</ucPC2PCAVEncryption>", response.BodyText, StringComparison.Ordinal);
        Assert.Contains("name=\"meetingPolicy\"", response.BodyText, StringComparison.Ordinal);
        Assert.Contains("name=\"somethingNew\"", response.BodyText, StringComparison.Ordinal);
        alice.ExpectsNothing();
    }

    [Fact]
    public void Provisioning_that_cannot_be_read_is_a_bad_request()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        alice.Request("SUBSCRIBE", alice.Address, "odd", "Event: vnd-microsoft-provisioning-v2\nExpires: 0", "<provisioningGroupList");

        alice.ExpectsResponse(400);
    }

    [Fact]
    public void The_settings_of_others_are_not_told()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        alice.Request("SUBSCRIBE", "sip:bob@contoso.test", "odd", "Event: vnd-microsoft-provisioning-v2\nExpires: 0", "<provisioningGroupList/>");

        alice.ExpectsResponse(403);
    }

    [Fact]
    public void The_factory_says_what_conferences_can_have()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        Command(alice, $"{alice.Address};gruu;opaque=app:conf:focusfactory", "<getConferencingCapabilities/>");

        Assert.Contains("<mcuType>audio-video</mcuType>", alice.ExpectsResponse(200).BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_uses_the_factory_of_somebody_else()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        Command(alice, "sip:bob@contoso.test;gruu;opaque=app:conf:focusfactory", "<getConferencingCapabilities/>");

        Assert.StartsWith("3014", alice.ExpectsResponse(403).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
    }

    [Fact]
    public void An_invitation_reaches_all_endpoints_and_the_first_to_answer_wins()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var desk = lab.SignIn("bob", "de51");
        var phone = lab.SignIn("bob", "f0e1");
        const string Invitation = "<Conferencing version=\"2.0\"><focus-uri>sip:alice@contoso.test;gruu;opaque=app:conf:focus:id:ABCDEFGH</focus-uri></Conferencing>";

        alice.Request("INVITE", "sip:bob@contoso.test", "invitation", "Content-Type: application/ms-conf-invite+xml", Invitation);
        var atDesk = desk.ExpectsRequest("INVITE");
        var atPhone = phone.ExpectsRequest("INVITE");
        Assert.Equal(Invitation, atDesk.BodyText);
        Assert.Equal("69", atDesk.Headers[HeaderName.MaxForwards]);
        Assert.NotNull(atDesk.Headers[HeaderName.RecordRoute]);

        phone.Answer(atPhone, 180);
        alice.Expects("SIP/2.0 180");
        desk.Answer(atDesk, 200, $"Contact: <{desk.Gruu}>");
        var accepted = alice.ExpectsResponse(200);
        var cancel = phone.ExpectsRequest("CANCEL");
        phone.Answer(cancel, 200);
        phone.Answer(atPhone, 487);
        phone.ExpectsRequest("ACK");

        alice.InDialog("ACK", accepted, 1);
        desk.ExpectsRequest("ACK");
        alice.InDialog("BYE", accepted, 2);
        desk.Answer(desk.ExpectsRequest("BYE"), 200);
        alice.ExpectsResponse(200);
        phone.ExpectsNothing();
    }

    [Fact]
    public void A_public_GRUU_reaches_one_endpoint_by_the_path_that_its_REGISTER_came()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var desk = lab.SignIn("bob", "de51");
        var phone = lab.SignIn("bob", "f0e1");

        phone.Register("Supported: path, gruu\nPath: <sip:edge.example;lr>, <sip:core.example;lr>");
        var granted = phone.ExpectsResponse(200);
        // RFC 3327 §5.3: the client is told the way; RFC 5627 §5.3: and its GRUU, which is the instance within the address of record.
        Assert.Equal(["<sip:edge.example;lr>", "<sip:core.example;lr>"], granted.Headers.GetAll(HeaderName.Path));
        var gruu = granted.Headers.GetAll(HeaderName.Contact).Select(text => NameAddr.TryParse(text, out var contact) ? contact.Parameters["pub-gruu"] : null).Single(text => text is not null)!;
        Assert.StartsWith("sip:bob@contoso.test;gr=urn:uuid:", gruu, StringComparison.Ordinal);

        alice.Request("MESSAGE", gruu, "note", "Content-Type: text/plain", "hello");

        var message = phone.ExpectsRequest("MESSAGE");
        Assert.Equal(["<sip:edge.example;lr>", "<sip:core.example;lr>"], message.Headers.GetAll(HeaderName.Route));
        phone.Answer(message, 200);
        alice.ExpectsResponse(200);
        desk.ExpectsNothing();

        alice.Request("MESSAGE", "sip:bob@contoso.test;gr=urn:uuid:00000000-0000-0000-0000-000000000000", "other", "Content-Type: text/plain", "hello");
        alice.ExpectsResponse(480);
    }

    [Fact]
    public void A_GRUU_reaches_one_endpoint_only()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var desk = lab.SignIn("bob", "de51");
        var phone = lab.SignIn("bob", "f0e1");

        alice.Request("MESSAGE", phone.Gruu, "note", "Content-Type: text/plain", "hello");

        phone.Answer(phone.ExpectsRequest("MESSAGE"), 200);
        alice.ExpectsResponse(200);
        desk.ExpectsNothing();
    }

    [Fact]
    public void A_declined_invitation_comes_back_as_declined()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");

        alice.Request("INVITE", bob.Address, "invitation");
        bob.Answer(bob.ExpectsRequest("INVITE"), 603);

        alice.ExpectsResponse(603);
        bob.ExpectsRequest("ACK");
    }

    [Fact]
    public void Who_is_not_there_and_who_does_not_exist_are_told_apart()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        alice.Request("MESSAGE", "sip:bob@contoso.test", "offline");
        Assert.StartsWith("2;reason=", alice.ExpectsResponse(480).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        alice.Request("MESSAGE", "sip:mallory@contoso.test", "unknown");
        Assert.StartsWith("4005;reason=", alice.ExpectsResponse(404).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        alice.Request("MESSAGE", "sip:bob@fabrikam.test", "foreign");
        alice.ExpectsResponse(404);
    }

    [Fact]
    public void Oneself_reaches_ones_other_endpoints_only()
    {
        using var lab = new ServerLab();
        var desk = lab.SignIn("alice", "de51");

        desk.Request("MESSAGE", desk.Address, "self");
        desk.ExpectsResponse(480);

        var phone = lab.SignIn("alice", "f0e1");
        desk.Request("MESSAGE", desk.Address, "other");
        phone.Answer(phone.ExpectsRequest("MESSAGE"), 200);
        desk.ExpectsResponse(200);
        desk.ExpectsNothing();
    }

    [Fact]
    public void Only_who_is_registered_on_the_connection_may_act()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var stranger = lab.Connect("bob", "bad1");

        stranger.Request("MESSAGE", alice.Address, "not-signed-in");
        Assert.StartsWith("4004", stranger.ExpectsResponse(403).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        var bob = lab.SignIn("bob");
        bob.Request("MESSAGE", alice.Address, "as-alice", from: alice.From);
        bob.ExpectsResponse(403);
        bob.Request("MESSAGE", alice.Address, "from-abroad", from: "<sip:bob@fabrikam.test>;tag=1");
        bob.ExpectsResponse(403);
        alice.ExpectsNothing();
    }

    [Theory]
    [InlineData("SUBSCRIBE", "sip:alice@contoso.test", "Event: dialog", 489)]
    [InlineData("SUBSCRIBE", "sip:alice@contoso.test", "", 489)]
    [InlineData("SERVICE", "sip:alice@contoso.test", "", 405)]
    [InlineData("PUBLISH", "sip:alice@contoso.test", "", 405)]
    [InlineData("BREW", "sip:alice@contoso.test", "", 501)]
    [InlineData("MESSAGE", "sip:alice@contoso.test;gruu;opaque=app:conf:focusfactory", "", 405)]
    [InlineData("MESSAGE", "sip:alice@contoso.test;gruu;opaque=app:conf:chat:id:ABCDEFGH", "", 405)]
    [InlineData("INVITE", "sip:alice@contoso.test;gruu;opaque=app:conf:chat:id:ABCDEFGH", "", 404)]
    [InlineData("INVITE", "sip:alice@contoso.test;gruu;opaque=app:conf:applicationsharing:id:ABCDEFGH", "", 480)]
    [InlineData("MESSAGE", "sip:alice@contoso.test;gruu;opaque=app:conf:focus:id:ABCDEFGH", "", 404)]
    [InlineData("MESSAGE", "tel:+49301234567", "", 416)]
    [InlineData("MESSAGE", "sip:bob@contoso.test", "Proxy-Require: teleportation", 420)]
    [InlineData("SERVICE", "sip:alice@contoso.test;gruu;opaque=app:conf:focusfactory", "Content-Type: text/plain", 415)]
    public void What_is_not_served_is_refused_with_its_status(string method, string uri, string headers, int status)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        alice.Request(method, uri, "odd", headers);

        alice.ExpectsResponse(status);
    }

    [Fact]
    public void A_request_that_has_been_forwarded_too_often_goes_no_further()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        alice.Send(
            $"""
            MESSAGE sip:bob@contoso.test SIP/2.0
            Via: SIP/2.0/tcp 10.0.0.5:50000;branch=z9hG4bKhops
            From: {alice.From}
            To: <sip:bob@contoso.test>
            Max-Forwards: 0
            CSeq: 1 MESSAGE
            Call-ID: hops
            """);

        alice.ExpectsResponse(483);
    }

    [Fact]
    public void The_oldest_endpoint_is_told_that_it_was_displaced()
    {
        using var lab = new ServerLab(options => options with { MaxEndpointsPerUser = 1 });
        var desk = lab.SignIn("alice", "de51");

        lab.SignIn("alice", "f0e1");

        var notify = desk.ExpectsRequest("NOTIFY");
        Assert.Equal("registration-notify", notify.Headers[HeaderName.Event]);
        Assert.Equal("terminated;expires=0", notify.Headers[HeaderName.SubscriptionState]);
        Assert.Equal("text/registration-event", notify.ContentType);
        Assert.Equal("deregistered;event=unregistered", notify.BodyText);
        desk.Answer(notify, 200);
        Assert.Equal(1, lab.Counts.Bindings);
    }

    [Fact]
    public void A_user_who_is_added_while_the_server_runs_can_sign_in()
    {
        using var lab = new ServerLab();
        var dave = lab.Connect("dave", "da7e");
        dave.Register();
        dave.ExpectsResponse(404);

        lab.Run(() => lab.Server.AddUserAsync(new UcServerUser("dave")));
        dave.Register();

        dave.ExpectsResponse(200);
    }

    [Fact]
    public void Keep_alive_bytes_are_swallowed()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        lab.Run(async () => await alice.PingAsync());
        alice.Register();

        alice.ExpectsResponse(200);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><request>&b;</request>")]
    [InlineData("<request")]
    [InlineData("not XML at all")]
    [InlineData("<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>")]
    public void A_hostile_document_is_refused_and_the_server_goes_on(string body)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var factory = $"{alice.Address};gruu;opaque=app:conf:focusfactory";

        alice.Request("SERVICE", factory, "hostile", "Content-Type: application/cccp+xml", body);

        Assert.StartsWith("3006", alice.ExpectsResponse(400).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        Command(alice, factory, "<getConferencingCapabilities/>");
        alice.ExpectsResponse(200);
    }

    private static void Provision(RawClient client, params string[] groups) => client.Request(
        "SUBSCRIBE",
        client.Address,
        "provisioning",
        """
        Event: vnd-microsoft-provisioning-v2
        Accept: application/vnd-microsoft-roaming-provisioning-v2+xml
        Supported: com.microsoft.autoextend
        Supported: ms-benotify
        Proxy-Require: ms-benotify
        Supported: ms-piggyback-first-notify
        Expires: 0
        Content-Type: application/vnd-microsoft-roaming-provisioning-v2+xml
        """,
        "<provisioningGroupList xmlns=\"http://schemas.microsoft.com/2006/09/sip/provisioninggrouplist\">"
        + string.Concat(groups.Select(group => $"<provisioningGroup name=\"{group}\"/>")) + "</provisioningGroupList>");

    private static void Command(RawClient client, string factory, string command) => client.Request(
        "SERVICE",
        factory,
        "service",
        "Content-Type: application/cccp+xml",
        $"""<request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" to="{factory}" from="{client.Address}" requestId="1">{command}</request>""");
}
