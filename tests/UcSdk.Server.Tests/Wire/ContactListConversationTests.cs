using System.Text;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Contact lists as a client of the SIPE family keeps them, word for word.</summary>
public sealed class ContactListConversationTests
{
    private const string Alice = "sip:alice@contoso.test";

    [Fact]
    public void The_first_answer_holds_the_whole_list()
    {
        using var lab = new ServerLab();
        var alice = lab.Connect("alice", "alice01");
        alice.Register();
        var registered = alice.ExpectsResponse(200);
        Assert.Contains("vnd-microsoft-roaming-contacts", registered.Headers[HeaderName.AllowEvents]!.Split(','));

        var answer = Subscribe(alice);
        Assert.Equal("vnd-microsoft-roaming-contacts", answer.Headers[HeaderName.Event]);
        Assert.Equal("1", answer.Headers[HeaderName.MsPiggybackCSeq]);
        Assert.StartsWith("active;expires=", answer.Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
        Assert.Equal("application/vnd-microsoft-roaming-contacts+xml", answer.ContentType);
        Assert.Equal("""<contactList deltaNum="1"><group id="1" name="~" externalURI=""/></contactList>""", answer.BodyText);
        alice.ExpectsNothing();
    }

    [Fact]
    public void A_client_without_the_dialect_gets_the_list_by_NOTIFY()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        alice.Request("SUBSCRIBE", Alice, "plain", "Event: vnd-microsoft-roaming-contacts\nAccept: application/vnd-microsoft-roaming-contacts+xml");
        Assert.Empty(alice.ExpectsResponse(200).BodyText);
        var first = alice.ExpectsRequest("NOTIFY");
        Assert.Contains("contactList deltaNum=\"1\"", first.BodyText, StringComparison.Ordinal);
        alice.Answer(first, 200);

        Service(alice, "<m:addGroup><m:name>Work</m:name><m:externalURI/><m:deltaNum>1</m:deltaNum></m:addGroup>");
        alice.ExpectsResponse(200);
        alice.Answer(alice.ExpectsRequest("NOTIFY"), 200);
    }

    [Fact]
    public void Every_kind_of_change_is_told_to_all_endpoints_of_the_user()
    {
        using var lab = new ServerLab();
        var desk = lab.SignIn("alice", "desk");
        var sofa = lab.SignIn("alice", "sofa");
        var bob = lab.SignIn("bob");
        Subscribe(desk);
        Subscribe(sofa);
        Subscribe(bob);

        Service(desk, "<m:addGroup><m:name>Work</m:name><m:externalURI/><m:deltaNum>1</m:deltaNum></m:addGroup>");
        var added = desk.ExpectsResponse(200);
        Assert.Equal("application/SOAP+xml", added.Headers[HeaderName.ContentType]);
        Assert.Contains("<m:addGroup><m:groupID>2</m:groupID></m:addGroup>", added.BodyText, StringComparison.Ordinal);
        Told("""<contactDelta deltaNum="2" prevDeltaNum="1"><addedGroup id="2" name="Work" externalURI=""/></contactDelta>""");

        Service(desk, "<m:setContact><m:displayName>Bob</m:displayName><m:groups>1 2</m:groups><m:subscribed>true</m:subscribed><m:URI>sip:bob@contoso.test</m:URI><m:externalURI/><m:deltaNum>2</m:deltaNum></m:setContact>");
        Assert.Empty(desk.ExpectsResponse(200).BodyText);
        Told("""<contactDelta deltaNum="3" prevDeltaNum="2"><addedContact uri="sip:bob@contoso.test" name="Bob" groups="1 2" subscribed="true" externalURI=""/></contactDelta>""");

        Service(desk, "<m:setContact><m:displayName>Bobby</m:displayName><m:groups>2</m:groups><m:subscribed>true</m:subscribed><m:URI>sip:bob@contoso.test</m:URI><m:externalURI/><m:deltaNum>3</m:deltaNum></m:setContact>");
        desk.ExpectsResponse(200);
        Told("""<contactDelta deltaNum="4" prevDeltaNum="3"><modifiedContact uri="sip:bob@contoso.test" name="Bobby" groups="2" subscribed="true" externalURI=""/></contactDelta>""");

        Service(desk, "<m:modifyGroup><m:groupID>2</m:groupID><m:name>Office</m:name><m:externalURI/><m:deltaNum>4</m:deltaNum></m:modifyGroup>");
        desk.ExpectsResponse(200);
        Told("""<contactDelta deltaNum="5" prevDeltaNum="4"><modifiedGroup id="2" name="Office" externalURI=""/></contactDelta>""");

        Service(desk, "<m:deleteGroup><m:groupID>2</m:groupID><m:deltaNum>5</m:deltaNum></m:deleteGroup>");
        desk.ExpectsResponse(200);
        Told("""<contactDelta deltaNum="6" prevDeltaNum="5"><modifiedContact uri="sip:bob@contoso.test" name="Bobby" groups="1" subscribed="true" externalURI=""/><deletedGroup id="2"/></contactDelta>""");

        Service(desk, "<m:deleteContact><m:URI>sip:bob@contoso.test</m:URI><m:deltaNum>6</m:deltaNum></m:deleteContact>");
        desk.ExpectsResponse(200);
        Told("""<contactDelta deltaNum="7" prevDeltaNum="6"><deletedContact uri="sip:bob@contoso.test"/></contactDelta>""");
        bob.ExpectsNothing();

        void Told(string delta)
        {
            foreach (var endpoint in new[] { desk, sofa })
            {
                var news = endpoint.ExpectsRequest("BENOTIFY");
                Assert.Equal("application/vnd-microsoft-roaming-contacts+xml", news.ContentType);
                Assert.Equal(delta, news.BodyText);
            }
        }
    }

    [Fact]
    public void Of_two_endpoints_that_edit_at_once_one_is_refused_and_goes_on_from_what_it_is_told()
    {
        using var lab = new ServerLab();
        var desk = lab.SignIn("alice", "desk");
        var sofa = lab.SignIn("alice", "sofa");
        Subscribe(desk);
        Subscribe(sofa);
        Service(desk, "<m:addGroup><m:name>Desk</m:name><m:externalURI/><m:deltaNum>1</m:deltaNum></m:addGroup>");
        Service(sofa, "<m:addGroup><m:name>Sofa</m:name><m:externalURI/><m:deltaNum>1</m:deltaNum></m:addGroup>");

        desk.ExpectsResponse(200);
        desk.ExpectsRequest("BENOTIFY");
        Assert.Contains("deltaNum=\"2\" prevDeltaNum=\"1\"", sofa.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        var refused = sofa.ExpectsResponse(409);
        Assert.Equal("application/SOAP+xml", refused.Headers[HeaderName.ContentType]);
        Assert.Contains("<faultcode>SOAP-ENV:Client.BadCall.WrongDelta</faultcode>", refused.BodyText, StringComparison.Ordinal);
        Assert.NotNull(refused.Headers[HeaderName.MsDiagnostics]);

        // It may also read the whole list anew.
        Assert.Contains("<contactList deltaNum=\"2\">", Subscribe(sofa, "again").BodyText, StringComparison.Ordinal);
        Service(sofa, "<m:addGroup><m:name>Sofa</m:name><m:externalURI/><m:deltaNum>2</m:deltaNum></m:addGroup>");
        Assert.Contains("<m:groupID>3</m:groupID>", sofa.ExpectsResponse(200).BodyText, StringComparison.Ordinal);
        Assert.Contains("name=\"Sofa\"", desk.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sip:bob@contoso.test")]
    [InlineData("sip:nobody@contoso.test")]
    public void Nobody_reads_or_changes_the_list_of_another(string other)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        alice.Request("SUBSCRIBE", other, "theirs", "Event: vnd-microsoft-roaming-contacts");
        Assert.NotNull(alice.ExpectsResponse(403).Headers[HeaderName.MsDiagnostics]);

        Service(alice, "<m:addGroup><m:name>Mine</m:name><m:externalURI/><m:deltaNum>1</m:deltaNum></m:addGroup>", to: other);
        alice.ExpectsResponse(403);
        var bob = lab.SignIn("bob");
        Assert.Contains("deltaNum=\"1\"", Subscribe(bob).BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<m:setPresence/>", 400)]
    [InlineData("<m:setACE><m:type>USER</m:type><m:mask>bob@contoso.test</m:mask><m:rights>BD</m:rights><m:deltaNum>1</m:deltaNum></m:setACE>", 400)]
    [InlineData("<m:addGroup><m:deltaNum>1</m:deltaNum></m:addGroup>", 400)]
    [InlineData("<m:deleteGroup><m:groupID>9</m:groupID><m:deltaNum>1</m:deltaNum></m:deleteGroup>", 404)]
    [InlineData("<m:deleteGroup><m:groupID>1</m:groupID><m:deltaNum>1</m:deltaNum></m:deleteGroup>", 403)]
    public void What_cannot_be_done_is_refused_with_a_fault_and_told_to_nobody(string command, int status)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        Subscribe(alice);
        Service(alice, command);
        var refusal = alice.ExpectsResponse(status);
        Assert.Equal("application/SOAP+xml", refusal.Headers[HeaderName.ContentType]);
        Assert.True(SoapFault.TryRead(refusal.Body, out var fault, out _));
        Assert.False(fault.IsWrongDelta);
        alice.ExpectsNothing();
    }

    [Fact]
    public void A_body_that_is_none_is_refused_and_one_of_another_type_is_for_somebody_else()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        alice.Request("SERVICE", Alice, "broken", "Content-Type: application/SOAP+xml", "<Envelope>");
        alice.ExpectsResponse(400);
        alice.Request("SERVICE", Alice, "other", "Content-Type: text/plain", "hello");
        alice.ExpectsResponse(405);
    }

    [Fact]
    public void A_refresh_is_owed_the_whole_list_and_an_end_ends()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var answer = Subscribe(alice);
        Service(alice, "<m:addGroup><m:name>Work</m:name><m:externalURI/><m:deltaNum>1</m:deltaNum></m:addGroup>");
        alice.ExpectsResponse(200);
        alice.ExpectsRequest("BENOTIFY");

        alice.InDialog("SUBSCRIBE", answer, 2, "Event: vnd-microsoft-roaming-contacts\nSupported: ms-benotify");
        alice.ExpectsResponse(200);
        Assert.Contains("<contactList deltaNum=\"2\">", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        alice.InDialog("SUBSCRIBE", answer, 3, "Event: vnd-microsoft-roaming-contacts\nExpires: 0");
        alice.ExpectsResponse(200);
        Assert.StartsWith("terminated", alice.ExpectsRequest("BENOTIFY").Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
        Assert.Equal(0, lab.Counts.ContactSubscriptions);
        Service(alice, "<m:addGroup><m:name>Home</m:name><m:externalURI/><m:deltaNum>2</m:deltaNum></m:addGroup>", "later");
        alice.ExpectsResponse(200);
        alice.ExpectsNothing();
    }

    [Fact]
    public void A_subscription_that_asks_to_be_extended_lives_as_long_as_the_registration()
    {
        using var lab = new ServerLab(options => options with { RegistrationExpires = TimeSpan.FromSeconds(600), PresenceExpires = TimeSpan.FromSeconds(1000) });
        var alice = lab.SignIn("alice");
        Assert.Contains("com.microsoft.autoextend", Subscribe(alice).Headers.GetAll(HeaderName.Supported));
        alice.Request("SUBSCRIBE", Alice, "plain", "Event: vnd-microsoft-roaming-contacts\nSupported: ms-benotify\nSupported: ms-piggyback-first-notify");
        Assert.DoesNotContain("com.microsoft.autoextend", alice.ExpectsResponse(200).Headers.GetAll(HeaderName.Supported));
        for (var refresh = 0; refresh < 4; refresh++)
        {
            lab.Advance(TimeSpan.FromSeconds(500));
            alice.Register();
        }

        // The one that did not ask has run out; the other one has not.
        Assert.Equal(1, lab.Counts.ContactSubscriptions);
    }

    [Fact]
    public void Whoever_wants_the_list_once_gets_it_once()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var answer = Subscribe(alice, headers: "Expires: 0");
        Assert.Contains("deltaNum=\"1\"", answer.BodyText, StringComparison.Ordinal);
        Assert.StartsWith("terminated", answer.Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
        Assert.Equal(0, lab.Counts.ContactSubscriptions);
    }

    [Fact]
    public void One_endpoint_has_so_many_subscriptions_of_which_the_oldest_gives_way_and_they_end_with_its_registration()
    {
        using var lab = new ServerLab(options => options with { ContactLists = new ContactListLimits { MaxSubscriptionsPerEndpoint = 2 } });
        var alice = lab.SignIn("alice", "desk");
        Subscribe(alice, "one");
        Subscribe(alice, "two");
        alice.Request("SUBSCRIBE", Alice, "three", "Event: vnd-microsoft-roaming-contacts\nSupported: ms-benotify\nSupported: ms-piggyback-first-notify");
        var ended = alice.ExpectsRequest("BENOTIFY");
        Assert.StartsWith("one", ended.CallId, StringComparison.Ordinal);
        Assert.Equal("terminated;reason=noresource", ended.Headers[HeaderName.SubscriptionState]);
        Assert.StartsWith("<contactList", alice.ExpectsResponse(200).BodyText, StringComparison.Ordinal);
        // What is asked for once takes nobody's place.
        alice.Request("SUBSCRIBE", Alice, "once", "Event: vnd-microsoft-roaming-contacts\nSupported: ms-piggyback-first-notify\nExpires: 0");
        alice.ExpectsResponse(200);
        Subscribe(lab.SignIn("alice", "sofa"));
        Assert.Equal(3, lab.Counts.ContactSubscriptions);

        alice.Register("Expires: 0");
        alice.Expects("SIP/2.0 200 OK");
        Assert.Equal(1, lab.Counts.ContactSubscriptions);
    }

    [Fact]
    public void Who_comes_back_by_another_connection_is_told_by_that_one_alone()
    {
        using var lab = new ServerLab();
        var before = lab.SignIn("alice", "desk");
        Subscribe(before, "before");
        for (var life = 0; life < 20; life++)
        {
            var after = lab.Connect("alice", "desk");
            after.Register(edit: text => text.Replace("Call-ID: login", $"Call-ID: life{life}", StringComparison.Ordinal));
            after.ExpectsResponse(200);
            Assert.Equal(0, lab.Counts.ContactSubscriptions);
            Assert.Equal("terminated;reason=noresource", before.ExpectsRequest("BENOTIFY").Headers[HeaderName.SubscriptionState]);
            Subscribe(after, $"list{life}");
            before = after;
        }

        // A refresh on the connection that stands ends nothing.
        before.Register(edit: text => text.Replace("Call-ID: login", "Call-ID: life19", StringComparison.Ordinal));
        before.ExpectsResponse(200);
        Assert.Equal(1, lab.Counts.ContactSubscriptions);
    }

    [Fact]
    public async Task A_restarted_server_still_knows_its_users_lists()
    {
        var store = new MemoryServerStore();
        using (var lab = new ServerLab(options => options with { Store = store }))
        {
            var alice = lab.SignIn("alice");
            Service(alice, "<m:addGroup><m:name>Work</m:name><m:externalURI/><m:deltaNum>1</m:deltaNum></m:addGroup>", "1");
            alice.ExpectsResponse(200);
            Service(alice, "<m:addGroup><m:name>Gone</m:name><m:externalURI/><m:deltaNum>2</m:deltaNum></m:addGroup>", "2");
            alice.ExpectsResponse(200);
            Service(alice, "<m:setContact><m:displayName>Bob</m:displayName><m:groups>2 3</m:groups><m:subscribed>true</m:subscribed><m:URI>sip:Bob@contoso.test</m:URI><m:externalURI/><m:contactExtension><contactSettings xmlns='' contactId='7'/></m:contactExtension><m:deltaNum>3</m:deltaNum></m:setContact>", "3");
            alice.ExpectsResponse(200);
            Service(alice, "<m:setContact><m:displayName/><m:groups>3</m:groups><m:subscribed>true</m:subscribed><m:URI>sip:carol@contoso.test</m:URI><m:externalURI/><m:deltaNum>4</m:deltaNum></m:setContact>", "4");
            alice.ExpectsResponse(200);
            Service(alice, "<m:deleteContact><m:URI>sip:CAROL@contoso.test</m:URI><m:deltaNum>5</m:deltaNum></m:deleteContact>", "5");
            alice.ExpectsResponse(200);
            Service(alice, "<m:deleteGroup><m:groupID>3</m:groupID><m:deltaNum>6</m:deltaNum></m:deleteGroup>", "6");
            alice.ExpectsResponse(200);
        }

        await store.SaveAsync([new StoreChange(Alice, "contact", "damaged", Encoding.UTF8.GetBytes("<contact")), new StoreChange(Alice, "later", "x", Array.Empty<byte>())], default);
        using (var lab = new ServerLab(options => options with { Store = store }))
        {
            var alice = lab.SignIn("alice");
            Assert.Equal(
                """<contactList deltaNum="7"><group id="1" name="~" externalURI=""/><group id="2" name="Work" externalURI=""/><contact uri="Bob@contoso.test" name="Bob" groups="2" subscribed="true" externalURI=""><contactExtension><contactSettings contactId="7"/></contactExtension></contact></contactList>""",
                Subscribe(alice).BodyText);
            Assert.Equal(7u, lab.Run(() => lab.Server.GetContactListAsync("alice")).DeltaNumber);
            Service(alice, "<m:deleteGroup><m:groupID>2</m:groupID><m:deltaNum>7</m:deltaNum></m:deleteGroup>");
            alice.ExpectsResponse(200);
        }

        // What could not be read, or is nobody's, is still there.
        Assert.Contains(await store.LoadAsync(default), record => record.Key == "damaged");
        Assert.Contains(await store.LoadAsync(default), record => record.Kind == "later");
    }

    private static SipResponse Subscribe(RawClient client, string callId = "contacts", string headers = "")
    {
        client.Request(
            "SUBSCRIBE",
            client.Address,
            callId + client.From.Length,
            $"""
            Event: vnd-microsoft-roaming-contacts
            Accept: application/vnd-microsoft-roaming-contacts+xml
            Supported: com.microsoft.autoextend
            Supported: ms-benotify
            Proxy-Require: ms-benotify
            Supported: ms-piggyback-first-notify
            Supported: ms-ucs
            {headers}
            """);
        return client.ExpectsResponse(200);
    }

    private static void Service(RawClient client, string command, string callId = "", string? to = null) => client.Request(
        "SERVICE",
        to ?? client.Address,
        $"service{callId}{client.From.Length}{command.GetHashCode(StringComparison.Ordinal):x}",
        "Content-Type: application/SOAP+xml",
        $"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/winrtc/2002/11/sip"><s:Body>{command}</s:Body></s:Envelope>""");
}
