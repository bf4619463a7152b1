using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Users with passwords: who is asked, with what, and who is believed. RFC 3261 §22, spoken as text.</summary>
public sealed class AuthenticationConversationTests
{
    private static ServerLab Guarded() => new(options => options with
    {
        Users = [new("alice") { Password = new("wonderland") }, new("bob") { Password = new("builder") }, new("carol")],
    });

    [Fact]
    public void A_registration_is_challenged_and_a_proven_one_is_granted_with_the_servers_proof()
    {
        using var lab = Guarded();
        var alice = lab.Connect("alice", "alice01");
        alice.Register();
        var challenge = alice.ExpectsResponse(401);
        Assert.Equal(["SHA-256", "MD5"], Challenges(challenge, HeaderName.WwwAuthenticate).Select(c => c["algorithm"]));
        Assert.All(Challenges(challenge, HeaderName.WwwAuthenticate), c => Assert.Equal(("contoso.test", "auth"), (c["realm"], c["qop"])));
        Assert.Equal(0, lab.Counts.Bindings);

        alice.Register("Authorization: " + Answer(challenge, "alice", "wonderland"));

        Assert.Contains("rspauth=", alice.ExpectsResponse(200).Headers[HeaderName.AuthenticationInfo], StringComparison.Ordinal);
        Assert.Equal(1, lab.Counts.Bindings);
    }

    [Theory]
    [InlineData("alice", "wonderland", 200)]
    [InlineData("Alice@CONTOSO.test", "wonderland", 200)]
    [InlineData("alice@elsewhere.test", "wonderland", 401)]
    [InlineData("alice", "builder", 401)]
    [InlineData("mallory", "wonderland", 401)]
    [InlineData("carol", "", 401)]
    [InlineData("bob", "builder", 403)]
    public void Only_the_user_with_the_password_speaks_for_the_address(string user, string password, int status)
    {
        using var lab = Guarded();
        var alice = lab.Connect("alice", "alice01");
        alice.Register();
        alice.Register("Authorization: " + Answer(alice.ExpectsResponse(401), user, password));
        alice.ExpectsResponse(status);
        Assert.Equal(status == 200 ? 1 : 0, lab.Counts.Bindings);
    }

    [Fact]
    public void An_unknown_user_is_told_nothing_else_than_a_known_one()
    {
        using var lab = Guarded();
        var answers = new List<(int, string)>();
        foreach (var user in new[] { "alice", "zoe" })
        {
            var client = lab.Connect(user, user + "01");
            client.Register();
            client.Register("Authorization: " + Answer(client.ExpectsResponse(401), user, "guess"));
            var refusal = client.ExpectsResponse(401);
            answers.Add((refusal.StatusCode, string.Join('|', refusal.Headers.Select(h => h.Name.Text))));
            Assert.All(Challenges(refusal, HeaderName.WwwAuthenticate), c => Assert.Null(c["stale"]));
        }

        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public void Users_without_a_password_are_believed_but_nobody_registers_for_those_who_have_one()
    {
        using var lab = Guarded();
        var carol = lab.SignIn("carol");
        carol.Send(
            """
            REGISTER sip:contoso.test SIP/2.0
            Via: SIP/2.0/tcp 10.0.0.5:50000;branch=z9hG4bKsteal
            From: <sip:carol@contoso.test>;tag=1
            To: <sip:alice@contoso.test>
            Max-Forwards: 70
            CSeq: 1 REGISTER
            Call-ID: steal
            Contact: <sip:10.0.0.5:50000;transport=tcp>
            """);
        carol.ExpectsResponse(401);
        Assert.Equal(1, lab.Counts.Bindings);
    }

    [Fact]
    public void A_refresh_proves_itself_too()
    {
        using var lab = Guarded();
        var alice = SignIn(lab, "alice", "wonderland");
        alice.Register();
        alice.ExpectsResponse(401);
        alice.Register("Expires: 0");
        alice.ExpectsResponse(401);
        Assert.Equal(1, lab.Counts.Bindings);
    }

    [Fact]
    public void On_a_proven_connection_its_user_is_believed_and_nobody_else()
    {
        using var lab = Guarded();
        var alice = SignIn(lab, "alice", "wonderland");
        Provision(alice, "p1");
        alice.ExpectsResponse(200);
        Provision(alice, "p2", "<sip:bob@contoso.test>;tag=1");
        alice.ExpectsResponse(407);
    }

    [Fact]
    public void Another_connection_is_challenged_with_407_and_its_user_must_register_all_the_same()
    {
        using var lab = Guarded();
        SignIn(lab, "alice", "wonderland");
        var other = lab.Connect("alice", "alice02");
        Provision(other, "p1");
        var challenge = other.ExpectsResponse(407);
        var answer = Answer(challenge, "alice", "wonderland", HeaderName.ProxyAuthenticate, "SUBSCRIBE", other.Address);
        Provision(other, "p2", null, "Proxy-Authorization: " + answer);
        other.ExpectsResponse(403);
    }

    [Fact]
    public void What_a_proxy_was_told_is_not_passed_on()
    {
        using var lab = Guarded();
        var carol = lab.SignIn("carol");
        var alice = SignIn(lab, "alice", "wonderland");
        alice.Request("MESSAGE", carol.Address, "m1", "Proxy-Authorization: Digest realm=\"contoso.test\", username=\"alice\"\nProxy-Authorization: Digest realm=\"other\", username=\"a\"");
        var message = carol.ExpectsRequest("MESSAGE");
        Assert.Equal(["Digest realm=\"other\", username=\"a\""], message.Headers.GetAll(HeaderName.ProxyAuthorization));
        carol.Answer(message, 200);
        alice.ExpectsResponse(200);
    }

    [Fact]
    public void A_user_who_is_added_with_a_password_guards_the_server_from_then_on()
    {
        using var lab = new ServerLab();
        lab.SignIn("alice");
        var eve = lab.Connect("eve", "eve01");
        eve.Register();
        eve.ExpectsResponse(404);
        lab.Run(() => lab.Server.AddUserAsync(new("dave") { Password = new("secret") }));
        eve.Register();
        eve.ExpectsResponse(401);
        SignIn(lab, "dave", "secret");
        lab.SignIn("bob");
    }

    private static RawClient SignIn(ServerLab lab, string user, string password)
    {
        var client = lab.Connect(user, user + "01");
        client.Register();
        client.Register("Authorization: " + Answer(client.ExpectsResponse(401), user, password));
        client.ExpectsResponse(200);
        return client;
    }

    private static void Provision(RawClient client, string callId, string? from = null, string headers = "") => client.Request(
        "SUBSCRIBE", client.Address, callId, "Event: vnd-microsoft-provisioning-v2\nSupported: ms-piggyback-first-notify\nExpires: 0" + (headers.Length == 0 ? "" : "\n" + headers), "<provisioningGroupList/>", from);

    private static List<AuthField> Challenges(SipResponse response, HeaderName name)
    {
        var fields = new List<AuthField>();
        foreach (var text in response.Headers.GetAll(name))
        {
            Assert.True(AuthField.TryParseAll(text, fields));
        }

        return fields.FindAll(field => field.IsScheme("Digest"));
    }

    // The digest itself is held to published examples by the tests of the floor.
    internal static string Answer(
        SipResponse challenge, string user, string password, HeaderName? name = null, string method = "REGISTER", string uri = "sip:contoso.test")
    {
        Assert.True(SipMethod.TryParse(method, out var parsed));
        using var secret = new SipPassword(password);
        using var client = new DigestScheme(new SeededRandomSource(1)).Begin(Challenges(challenge, name ?? HeaderName.WwwAuthenticate)[1], ChallengeKind.UserAgent, new(user, secret));
        return client.Authorize(new SipRequest(parsed, SipUri.Parse(uri)))!.ToString();
    }
}
