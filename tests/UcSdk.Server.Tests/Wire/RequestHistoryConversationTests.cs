using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Who was called before a request was sent on (History-Info: RFC 7044, [MS-SIPRE] §2.2.17 and §4.8), and what its caller is told on the way.</summary>
public sealed class RequestHistoryConversationTests
{
    private static readonly HeaderName HistoryInfo = HeaderName.Of("History-Info");

    [Theory]
    [InlineData("INVITE")]
    [InlineData("MESSAGE")]
    public void What_comes_straight_has_whom_it_was_for(string method)
    {
        using var lab = new ServerLab();
        var (alice, desk, phone) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"));

        alice.Request(method, "sip:bob@contoso.test", "one");

        // As [MS-SIPRE] §4.8 shows it.
        Assert.Equal(["<sip:bob@contoso.test>;index=1"], HistoryOf(desk.ExpectsRequest(method)));
        Assert.Equal(["<sip:bob@contoso.test>;index=1"], HistoryOf(phone.ExpectsRequest(method)));
    }

    [Fact]
    public void What_an_application_sends_on_says_from_whom_and_why()
    {
        using var lab = Lab(request =>
        {
            request.Retarget(SipUri.Parse("sip:carol@contoso.test"));
            return false;
        });
        var (alice, _, carol) = (lab.SignIn("alice"), lab.SignIn("bob"), lab.SignIn("carol"));

        alice.Request("INVITE", "sip:bob@contoso.test", "call");

        Assert.Equal(["<sip:bob@contoso.test>;index=1", "<sip:carol@contoso.test>;index=1.1;ms-retarget-reason=forwarding"], HistoryOf(carol.ExpectsRequest("INVITE")));
    }

    [Fact]
    public void Whom_a_team_call_rings_has_a_number_for_each_member_and_those_tried_afterwards_too()
    {
        using var lab = Lab(request =>
        {
            request.OnFailure(_ => [new(SipUri.Parse("sip:dave@contoso.test"))]);
            request.Forward([new(SipUri.Parse("sip:bob@contoso.test")), new(SipUri.Parse("sip:carol@contoso.test"))]);
            return true;
        });
        lab.Run(() => lab.Server.AddUserAsync(new("dave")));
        var (alice, bob, carol, dave) = (lab.SignIn("alice"), lab.SignIn("bob"), lab.SignIn("carol"), lab.SignIn("dave"));

        alice.Request("INVITE", "sip:team@contoso.test", "call");

        var (atBob, atCarol) = (bob.ExpectsRequest("INVITE"), carol.ExpectsRequest("INVITE"));
        Assert.Equal(["<sip:team@contoso.test>;index=1", "<sip:bob@contoso.test>;index=1.1;ms-retarget-reason=forwarding"], HistoryOf(atBob));
        Assert.Equal(["<sip:team@contoso.test>;index=1", "<sip:carol@contoso.test>;index=1.2;ms-retarget-reason=forwarding"], HistoryOf(atCarol));
        bob.Answer(atBob, 486);
        carol.Answer(atCarol, 480);
        Assert.Equal(["<sip:team@contoso.test>;index=1", "<sip:dave@contoso.test>;index=1.3;ms-retarget-reason=forwarding"], HistoryOf(dave.ExpectsRequest("INVITE")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nobody_is_tried_afterwards_when_the_caller_has_given_up_or_somebody_has_declined_for_all(bool isCanceled)
    {
        using var lab = Lab(request =>
        {
            request.OnFailure(_ => [new(SipUri.Parse("sip:carol@contoso.test"))]);
            return false;
        });
        var (alice, bob, carol) = (lab.SignIn("alice"), lab.SignIn("bob"), lab.SignIn("carol"));
        alice.Request("INVITE", "sip:bob@contoso.test", "call");
        var invite = bob.ExpectsRequest("INVITE");
        bob.Answer(invite, 180);
        alice.ExpectsResponse(180);

        if (isCanceled)
        {
            alice.Cancel();
            alice.ExpectsResponse(200);
            bob.Answer(bob.ExpectsRequest("CANCEL"), 200);
        }

        bob.Answer(invite, isCanceled ? 487 : 603);

        alice.ExpectsResponse(isCanceled ? 487 : 603);
        carol.ExpectsNothing();
    }

    [Fact]
    public void A_history_that_a_request_brings_goes_on()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));

        alice.Request("INVITE", "sip:bob@contoso.test", "call", "History-Info: <sip:sales@fabrikam.test>;index=1, <sip:x@y.test>;index=1.2");

        Assert.Equal(["<sip:sales@fabrikam.test>;index=1", "<sip:x@y.test>;index=1.2", "<sip:bob@contoso.test>;index=1.2.1"], HistoryOf(bob.ExpectsRequest("INVITE")));
    }

    [Fact]
    public void Inside_a_dialog_and_in_other_requests_there_is_none()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        alice.Request("OPTIONS", bob.Address, "options");
        Assert.Empty(HistoryOf(bob.ExpectsRequest("OPTIONS")));
        alice.Request("INVITE", bob.Address, "im");
        bob.Answer(bob.ExpectsRequest("INVITE"), 200, $"Contact: <{bob.Gruu}>");
        var accepted = alice.ExpectsResponse(200);
        alice.InDialog("ACK", accepted, 1);
        Assert.Empty(HistoryOf(bob.ExpectsRequest("ACK")));
        alice.InDialog("MESSAGE", accepted, 2, "Content-Type: text/plain", "hello");
        Assert.Empty(HistoryOf(bob.ExpectsRequest("MESSAGE")));
    }

    [Fact]
    public void A_caller_is_told_by_101_to_how_many_endpoints_an_INVITE_goes_where_the_server_is_set_up_so()
    {
        using var lab = new ServerLab(options => options with { SendsProgressReports = true });
        var (alice, desk, phone) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"));

        alice.Request("INVITE", "sip:bob@contoso.test", "im");
        var report = alice.ExpectsResponse(101);

        Assert.Equal("Progress Report", report.ReasonPhrase);
        Assert.Null(report.To!.Tag);
        Assert.Equal(
            "13004;reason=\"Request was proxied to one or more registered endpoints\";source=\"sip.contoso.test\";Count=\"2\";appName=\"InboundRouting\"",
            report.Headers[HeaderName.MsDiagnostics]);
        desk.Answer(desk.ExpectsRequest("INVITE"), 180);
        alice.ExpectsResponse(180);
        phone.Answer(phone.ExpectsRequest("INVITE"), 200, $"Contact: <{phone.Gruu}>");
        var accepted = alice.ExpectsResponse(200);
        alice.InDialog("ACK", accepted, 1);
        alice.InDialog("INVITE", accepted, 2);
        phone.ExpectsRequest("ACK");
        phone.Answer(phone.ExpectsRequest("INVITE"), 488);
        Assert.True(alice.TryTake(out var refused));
        Assert.Equal(488, Assert.IsType<SipResponse>(refused).StatusCode);

        // Nobody is told of what invites nobody, and of whom nobody finds.
        alice.Request("MESSAGE", "sip:bob@contoso.test", "note");
        alice.Request("INVITE", "sip:carol@contoso.test", "offline");
        Assert.True(alice.TryTake(out var answer));
        Assert.Equal(480, Assert.IsType<SipResponse>(answer).StatusCode);
    }

    private static string[] HistoryOf(SipRequest request) => [.. request.Headers.GetList(HistoryInfo)];

    private static ServerLab Lab(Func<ServerRequest, bool> handle) => new(options => options with { Applications = [new Application(handle)] });

    private sealed class Application(Func<ServerRequest, bool> handle) : IServerApplication
    {
        public bool Handle(ServerRequest request) => handle(request);
    }
}
