using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>What an application of the SDK's user can do with requests and responses (<see cref="IServerApplication"/>).</summary>
public sealed class PipelineConversationTests
{
    private const string Note = "Content-Type: text/plain";

    [Fact]
    public void It_sees_who_sends_what_and_lets_it_pass_changed()
    {
        var seen = new List<string>();
        using var lab = Lab(request =>
        {
            seen.Add($"{request.Method} {request.SenderAddress} {request.Message.UriText}");
            request.Message.Headers.Add(HeaderName.Subject, "marked");
            return false;
        });
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        alice.Request("MESSAGE", bob.Address, "note", Note, "hello");
        var message = bob.ExpectsRequest("MESSAGE");
        Assert.Equal(("marked", "hello"), (message.Headers[HeaderName.Subject], message.BodyText));
        bob.Answer(message, 200);
        alice.ExpectsResponse(200);
        Assert.Equal(["MESSAGE sip:alice@contoso.test sip:bob@contoso.test"], seen);
    }

    [Fact]
    public void It_answers_and_nobody_else_hears_of_the_request()
    {
        using var lab = Lab(request =>
        {
            request.Answer(302, "Gone fishing", response => response.Headers.Add(HeaderName.Contact, "<sip:carol@contoso.test>"));
            return true;
        });
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        alice.Request("MESSAGE", bob.Address, "note", Note, "hello");
        var answer = alice.ExpectsResponse(302);
        Assert.Equal(("Gone fishing", "<sip:carol@contoso.test>"), (answer.ReasonPhrase, answer.Headers[HeaderName.Contact]));
        bob.ExpectsNothing();
    }

    [Fact]
    public void It_sends_a_request_to_somebody_else()
    {
        using var lab = Lab(request =>
        {
            request.Retarget(SipUri.Parse("sip:carol@contoso.test"));
            return false;
        });
        var (alice, bob, carol) = (lab.SignIn("alice"), lab.SignIn("bob"), lab.SignIn("carol"));
        alice.Request("MESSAGE", bob.Address, "note", Note, "hello");
        carol.Answer(carol.ExpectsRequest("MESSAGE"), 200);
        alice.ExpectsResponse(200);
        bob.ExpectsNothing();
    }

    [Fact]
    public void It_forks_first_to_one_then_to_the_other_user()
    {
        using var lab = Lab(request =>
        {
            request.Forward(
            [
                new(SipUri.Parse("sip:bob@contoso.test")) { Timeout = TimeSpan.FromSeconds(10) }, new(SipUri.Parse("sip:carol@contoso.test")) { Q = 0.5 },
                new(SipUri.Parse("sip:nobody@contoso.test")),
            ]);
            return true;
        });
        var (alice, desk, phone, carol) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"), lab.SignIn("carol"));
        alice.Request("INVITE", "sip:team@contoso.test", "call");
        desk.Answer(desk.ExpectsRequest("INVITE"), 486);
        desk.ExpectsRequest("ACK");
        phone.Answer(phone.ExpectsRequest("INVITE"), 180);
        carol.ExpectsNothing();
        alice.ExpectsResponse(180);
        lab.Advance(TimeSpan.FromSeconds(10));
        phone.ExpectsRequest("CANCEL");
        carol.Answer(carol.ExpectsRequest("INVITE"), 200, "Contact: <sip:carol@10.0.0.7>");
        alice.ExpectsResponse(200);
    }

    [Fact]
    public void It_follows_and_changes_the_responses_and_what_it_throws_there_harms_nobody()
    {
        using var lab = Lab(request =>
        {
            request.OnResponse(_ => throw new NotSupportedException());
            request.OnResponse(response => response.Headers.Add(HeaderName.Warning, "399 contoso.test \"seen\""));
            return false;
        });
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        alice.Request("MESSAGE", bob.Address, "note", Note, "hello");
        bob.Answer(bob.ExpectsRequest("MESSAGE"), 200);
        Assert.Equal("399 contoso.test \"seen\"", alice.ExpectsResponse(200).Headers[HeaderName.Warning]);
    }

    [Fact]
    public void It_names_another_target_when_all_have_failed()
    {
        using var lab = Lab(request =>
        {
            request.OnFailure(_ => throw new NotSupportedException());
            request.OnFailure(response => response.StatusCode == 486 ? [new(SipUri.Parse("sip:carol@contoso.test"))] : null);
            return false;
        });
        var (alice, bob, carol) = (lab.SignIn("alice"), lab.SignIn("bob"), lab.SignIn("carol"));
        alice.Request("INVITE", bob.Address, "call");
        bob.Answer(bob.ExpectsRequest("INVITE"), 486);
        bob.ExpectsRequest("ACK");
        carol.Answer(carol.ExpectsRequest("INVITE"), 603);
        carol.ExpectsRequest("ACK");
        alice.ExpectsResponse(603);
    }

    [Theory]
    [InlineData("MESSAGE")]
    [InlineData("INVITE")]
    public void It_drops_a_request_without_an_answer(string method)
    {
        using var lab = Lab(request =>
        {
            request.Drop();
            return true;
        });
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        alice.Request(method, bob.Address, "note", Note, "hello");
        lab.Advance(TimeSpan.FromMinutes(1));
        alice.ExpectsNothing();
        bob.ExpectsNothing();
        Assert.Equal(0, lab.Counts.Sip.Transactions);
    }

    [Fact]
    public void One_that_throws_gives_a_500_that_says_so_and_the_server_goes_on()
    {
        using var lab = Lab(request => request.Message.Headers.Contains(HeaderName.Subject) ? throw new NotSupportedException("secret") : false);
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        alice.Request("MESSAGE", bob.Address, "note", Note + "\nSubject: boom", "hello");
        var answer = alice.ExpectsResponse(500);
        Assert.Equal("2;reason=\"An application of this server has failed\";source=\"sip.contoso.test\"", answer.Headers[HeaderName.MsDiagnostics]);
        alice.Request("MESSAGE", bob.Address, "note2", Note, "hello");
        bob.Answer(bob.ExpectsRequest("MESSAGE"), 200);
        alice.ExpectsResponse(200);
    }

    [Fact]
    public void One_that_throws_after_it_has_answered_changes_nothing()
    {
        using var lab = Lab(request =>
        {
            request.Answer(404);
            throw new NotSupportedException();
        });
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        alice.Request("MESSAGE", bob.Address, "note", Note, "hello");
        alice.ExpectsResponse(404);
        alice.ExpectsNothing();
        bob.ExpectsNothing();
    }

    [Fact]
    public void They_are_asked_in_order_and_who_is_not_signed_in_reaches_none()
    {
        var asked = new List<int>();
        using var lab = new ServerLab(options => options with
        {
            Applications = [new Delegated(_ => Say(1, false)), new Delegated(_ => Say(2, true)), new Delegated(_ => Say(3, false))],
        });
        var alice = lab.SignIn("alice");
        alice.Request("MESSAGE", "sip:bob@contoso.test", "note", Note, "hello");
        Assert.Equal([1, 2], asked);
        var stranger = lab.Connect("carol", "ca01");
        stranger.Request("MESSAGE", "sip:bob@contoso.test", "note", Note, "hello");
        stranger.ExpectsResponse(403);
        Assert.Equal(2, asked.Count);

        bool Say(int number, bool handled)
        {
            asked.Add(number);
            return handled;
        }
    }

    [Fact]
    public void What_Lync_clients_demand_of_proxies_is_sent_on()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        alice.Request("MESSAGE", bob.Address, "note", Note + "\nProxy-Require: ms-benotify", "hello");
        bob.Answer(bob.ExpectsRequest("MESSAGE"), 200);
        alice.ExpectsResponse(200);
        alice.Request("MESSAGE", bob.Address, "note2", Note + "\nProxy-Require: unheard-of", "hello");
        Assert.Equal("unheard-of", alice.ExpectsResponse(420).Headers[HeaderName.Unsupported]);
    }

    private static ServerLab Lab(Func<ServerRequest, bool> handle) => new(options => options with { Applications = [new Delegated(handle)] });

    private sealed class Delegated(Func<ServerRequest, bool> handle) : IServerApplication
    {
        public bool Handle(ServerRequest request) => handle(request);
    }
}
