using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Connections with an association ([MS-SIPAE] §3.3): how they come to one, and what is signed and verified on each leg.</summary>
public sealed class SigningConversationTests
{
    internal static ServerLab Guarded(Func<ServerAuthenticationOptions, ServerAuthenticationOptions>? configure = null) => new(options => options with
    {
        Users = [new("alice") { Password = new("wonderland"), DisplayName = "Alice" }, new("bob") { Password = new("builder") }, new("carol")],
        Authentication = configure is null ? options.Authentication : configure(options.Authentication),
    });

    [Fact]
    public void A_client_with_the_habits_of_SIPE_signs_in_by_NTLM()
    {
        using var lab = Guarded();
        var alice = lab.Connect("alice", "alice01");
        var signIn = new NtlmSignIn(lab, alice, "alice", "wonderland");

        var first = signIn.Begin();
        Assert.Equal("NTLM realm=\"SIP Communications Service\", targetname=\"sip.contoso.test\", version=4", first.Headers[HeaderName.WwwAuthenticate]);
        Assert.Equal(["NTLM", "Digest", "Digest"], first.Headers.GetAll(HeaderName.WwwAuthenticate).Select(text => text.Split(' ')[0]));
        Assert.Equal(lab.Scheduler.Time.GetUtcNow().ToString("R"), first.Headers[HeaderName.Date]);

        var second = signIn.AskForChallenge();
        Assert.Matches("^[0-9A-F]{8}$", signIn.Opaque);
        Assert.Single(second.Headers.GetAll(HeaderName.WwwAuthenticate));
        // What SIPE demands, and what servers of the family offer: 0xE29882F3.
        Assert.Equal("F38298E2", Convert.ToHexString(signIn.Token.AsSpan(20, 4)));
        Assert.False(second.Headers.Contains(HeaderName.AuthenticationInfo));

        signIn.Finish();
        var granted = alice.ExpectsResponse(200);
        Assert.True(AuthField.TryParse(granted.Headers[HeaderName.AuthenticationInfo], out var info));
        Assert.Equal(("NTLM", "1", signIn.Opaque, "auth"), (info.Scheme, info["snum"], info["opaque"], info["qop"]));
        Assert.Equal(["adhoclist", "msrtc-event-categories"], granted.Headers.GetAll(HeaderName.Supported).Take(2));
        Assert.DoesNotContain(' ', granted.Headers[HeaderName.AllowEvents]!);
        Assert.NotEqual("0", granted.Headers[HeaderName.Expires]);
        Assert.Contains(InstanceId.FromEpid("alice01").ToString("D"), granted.Headers[HeaderName.Contact], StringComparison.Ordinal);
        Assert.StartsWith("RTC/", granted.Headers[HeaderName.Server], StringComparison.Ordinal);
        Assert.Contains("timeout=300", granted.Headers[HeaderName.MsKeepAlive], StringComparison.Ordinal);
        Assert.NotEmpty(alice.Gruu);
        Assert.Empty(alice.Unsigned);
    }

    [Fact]
    public void Refresh_keep_alive_and_sign_out_need_no_further_handshake()
    {
        using var lab = Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        alice.Register();
        Assert.Contains("refreshed", alice.ExpectsResponse(200).Headers[HeaderName.PresenceState], StringComparison.Ordinal);
        lab.Run(() => alice.PingAsync());
        alice.Register("Expires: 0");
        alice.ExpectsResponse(200);
        Assert.Empty(alice.Unsigned);
        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Fact]
    public void A_call_is_signed_on_each_leg_with_the_keys_of_that_leg()
    {
        using var lab = Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var bob = NtlmSignIn.Complete(lab, "bob", "builder");

        alice.Request("INVITE", bob.Address, "call", "P-Asserted-Identity: <sip:bill@contoso.test>");
        var invite = bob.ExpectsRequest("INVITE");
        Assert.Equal("\"Alice\" <sip:alice@contoso.test>", invite.Headers[HeaderName.PAssertedIdentity]);
        bob.Answer(invite, 180);
        var ringing = alice.Expects("SIP/2.0 180");
        Assert.Contains("rspauth=", ringing.Headers[HeaderName.AuthenticationInfo], StringComparison.Ordinal);
        bob.Answer(invite, 200, $"Contact: <{bob.Gruu}>\nP-Asserted-Identity: <sip:bill@contoso.test>\nP-Preferred-Identity: <tel:+1>");
        var accepted = alice.ExpectsResponse(200);
        alice.InDialog("ACK", accepted, 1, "P-Asserted-Identity: <sip:bill@contoso.test>");
        var ack = bob.ExpectsRequest("ACK");
        // RFC 3325 §5: what clients say of identities goes no further, in whatever message.
        Assert.All(new SipMessage[] { accepted, ack }, message =>
            Assert.False(message.Headers.Contains(HeaderName.PAssertedIdentity) || message.Headers.Contains(HeaderName.PPreferredIdentity)));
        alice.InDialog("INFO", accepted, 2);
        var info = bob.ExpectsRequest("INFO");
        bob.Answer(info, 200);
        alice.ExpectsResponse(200);
        alice.InDialog("BYE", accepted, 3);
        var bye = bob.ExpectsRequest("BYE");
        bob.Answer(bye, 200);
        var ended = alice.ExpectsResponse(200);

        Assert.All(new SipMessage[] { invite, ack, info, bye, ringing, accepted, ended }, message =>
        {
            Assert.False(message.Headers.Contains(HeaderName.Authorization));
            Assert.Single(message.Headers.GetAll(HeaderName.AuthenticationInfo));
        });
        Assert.Empty(alice.Unsigned);
        Assert.Empty(bob.Unsigned);
    }

    [Fact]
    public void A_signed_and_an_unsigned_leg_reach_each_other()
    {
        using var lab = Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var carol = lab.SignIn("carol");

        alice.Request("MESSAGE", carol.Address, "to-carol", "Content-Type: text/plain", "hello");
        var message = carol.ExpectsRequest("MESSAGE");
        Assert.False(message.Headers.Contains(HeaderName.AuthenticationInfo));
        Assert.False(message.Headers.Contains(HeaderName.Authorization));
        carol.Answer(message, 200);
        alice.ExpectsResponse(200);

        carol.Request("MESSAGE", alice.Address, "to-alice", "Content-Type: text/plain", "hello");
        message = alice.ExpectsRequest("MESSAGE");
        Assert.False(message.Headers.Contains(HeaderName.PAssertedIdentity));
        alice.Answer(message, 200);
        Assert.False(carol.ExpectsResponse(200).Headers.Contains(HeaderName.AuthenticationInfo));
        Assert.Empty(alice.Unsigned);
    }

    [Fact]
    public void What_is_not_signed_is_challenged_and_the_same_bytes_signed_are_taken()
    {
        using var lab = Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var association = alice.Association;

        alice.Association = null;
        alice.Request("OPTIONS", alice.Address, "o1");
        var challenge = alice.ExpectsResponse(401);
        // Nobody who has signed once may come with less.
        Assert.Equal(["NTLM"], challenge.Headers.GetAll(HeaderName.WwwAuthenticate).Select(text => text.Split(' ')[0]));
        alice.Request("ACK", alice.Address, "o1");
        alice.Request("CANCEL", alice.Address, "o1");
        alice.Request("BENOTIFY", alice.Address, "o2");
        alice.ExpectsNothing();

        alice.Association = association;
        alice.Request("MESSAGE", alice.Address, "o1");
        alice.ExpectsResponse(480);
        Assert.Empty(alice.Unsigned);
    }

    [Fact]
    public void An_unsigned_answer_is_as_none_and_a_signed_one_after_it_counts()
    {
        using var lab = Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var carol = lab.SignIn("carol");
        carol.Request("MESSAGE", alice.Address, "m1");
        var message = alice.ExpectsRequest("MESSAGE");
        var association = alice.Association;
        alice.Association = null;
        alice.Answer(message, 603);
        carol.ExpectsNothing();
        alice.Association = association;
        alice.Answer(message, 200);
        carol.ExpectsResponse(200);
    }

    [Fact]
    public void Conferences_and_notifications_of_the_server_itself_are_signed_too()
    {
        using var lab = Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var focus = alice.CreateConference("ABCDEFGH");
        var joined = alice.Join(focus);
        alice.SubscribeRoster(focus);
        alice.SendCommand(joined, 2, "<modifyConferenceLock/>");
        alice.ExpectsResponse(202);
        Assert.True(alice.ExpectsRequest("INFO").Headers.Contains(HeaderName.AuthenticationInfo));

        // Inside a dialog of the server's own an unsigned BYE ends nothing.
        var association = alice.Association;
        alice.Association = null;
        alice.InDialog("BYE", joined, 3);
        alice.ExpectsResponse(401);
        Assert.Equal(1, lab.Counts.FocusDialogs);
        alice.Association = association;
        alice.InDialog("BYE", joined, 3);
        alice.ExpectsResponse(200);
        Assert.Equal(0, lab.Counts.FocusDialogs);
        Assert.Empty(alice.Unsigned);
    }

    [Fact]
    public void One_who_signs_as_one_user_does_not_speak_for_another()
    {
        using var lab = Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        lab.SignIn("carol");
        alice.Request("MESSAGE", "sip:carol@contoso.test", "m1", from: "<sip:bob@contoso.test>;tag=1");
        alice.ExpectsResponse(403);
        alice.Send(alice.RegisterHead().Replace("To: <sip:alice@", "To: <sip:bob@", StringComparison.Ordinal));
        alice.ExpectsResponse(403);
        Assert.Empty(alice.Unsigned);
        Assert.Equal(2, lab.Counts.Bindings);
    }

    [Fact]
    public void Several_users_of_one_gateway_have_an_association_each()
    {
        using var lab = Guarded();
        var carol = lab.SignIn("carol");
        var gateway = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var alices = gateway.Association!;
        gateway.Association = null;
        new NtlmSignIn(lab, gateway, "bob", "builder") { Edit = head => head.Replace("sip:alice@", "sip:bob@", StringComparison.Ordinal).Replace("login-", "bobs-", StringComparison.Ordinal) }.Complete();
        var bobs = gateway.Association!;
        Assert.Equal(3, lab.Counts.Bindings);

        foreach (var (user, own, other) in new[] { ("alice", alices, bobs), ("bob", bobs, alices) })
        {
            gateway.Association = own;
            carol.Request("MESSAGE", $"sip:{user}@contoso.test", "to-" + user);
            gateway.Answer(gateway.ExpectsRequest("MESSAGE"), 200);
            carol.ExpectsResponse(200);
            gateway.Request("MESSAGE", carol.Address, "from-" + user, from: $"<sip:{user}@contoso.test>;tag=1");
            carol.Answer(carol.ExpectsRequest("MESSAGE"), 200);
            gateway.ExpectsResponse(200);
            Assert.Empty(gateway.Unsigned);
            gateway.Association = other;
            gateway.Request("MESSAGE", carol.Address, "as-" + user, from: $"<sip:{user}@contoso.test>;tag=1");
            gateway.ExpectsResponse(403);
            gateway.Unsigned.Clear();
        }
    }

    [Fact]
    public void A_new_handshake_goes_on_beside_the_standing_association_and_then_takes_its_place()
    {
        using var lab = Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var old = alice.Association!;

        alice.Association = null;
        var again = new NtlmSignIn(lab, alice, "alice", "wonderland");
        again.Begin();
        again.AskForChallenge();
        alice.Association = old;
        alice.Request("MESSAGE", alice.Address, "m1");
        alice.ExpectsResponse(480);
        Assert.Empty(alice.Unsigned);

        again.Finish();
        alice.ExpectsResponse(200);
        Assert.Empty(alice.Unsigned);
        Assert.NotEqual(old.Opaque, alice.Association!.Opaque);
        var renewed = alice.Association;
        alice.Association = old;
        alice.Request("MESSAGE", alice.Address, "m2");
        alice.ExpectsResponse(401);
        alice.Association = renewed;
        alice.Request("MESSAGE", alice.Address, "m3");
        alice.ExpectsResponse(480);
    }

    [Fact]
    public void An_association_ends_after_eight_hours()
    {
        using var lab = new ServerLab(options => options with
        {
            Users = [new("alice") { Password = new("wonderland") }],
            RegistrationExpires = TimeSpan.FromHours(24),
        });
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var spent = lab.Scheduler.Time.GetUtcNow();
        lab.Advance(TimeSpan.FromHours(8) - TimeSpan.FromTicks(1) - (lab.Scheduler.Time.GetUtcNow() - spent));
        alice.Request("MESSAGE", alice.Address, "m1");
        alice.ExpectsResponse(480);
        lab.Advance(TimeSpan.FromTicks(1));
        alice.Request("MESSAGE", alice.Address, "m2");
        alice.ExpectsResponse(401);
        Assert.Empty(alice.Unsigned);

        alice.Association = null;
        new NtlmSignIn(lab, alice, "alice", "wonderland").Complete();
        Assert.Empty(alice.Unsigned);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1)]
    public void What_has_ended_is_cleared_by_itself_and_signs_nothing_any_more(int hours)
    {
        using var lab = new ServerLab(options => options with
        {
            Users = [new("alice") { Password = new("wonderland") }],
            RegistrationExpires = TimeSpan.FromHours(24),
            Authentication = new() { AssociationLifetime = TimeSpan.FromHours(hours) },
        });
        var start = lab.Scheduler.Time.GetUtcNow();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        Advance(TimeSpan.FromHours(hours) - TimeSpan.FromTicks(1));
        Assert.Equal(1, lab.Run(lab.Server.CountAssociationsAsync));
        Advance(TimeSpan.FromHours(hours));
        Assert.Equal(0, lab.Run(lab.Server.CountAssociationsAsync));

        lab.Run(() => lab.Server.DeregisterAsync("alice"));
        Assert.False(alice.ExpectsRequest("NOTIFY").Headers.Contains(HeaderName.AuthenticationInfo));
        // And nothing unsigned is taken because of that.
        alice.Association = null;
        alice.Request("MESSAGE", alice.Address, "m1");
        alice.ExpectsResponse(401);

        void Advance(TimeSpan to) => lab.Advance(start + to - lab.Scheduler.Time.GetUtcNow());
    }

    [Fact]
    public void A_handshake_that_nobody_goes_on_with_is_cleared_by_itself()
    {
        using var lab = Guarded();
        var alice = lab.Connect("alice", "alice01");
        var signIn = new NtlmSignIn(lab, alice, "alice", "wonderland");
        signIn.Begin();
        signIn.AskForChallenge();
        Assert.Equal(1, lab.Run(lab.Server.CountHandshakesAsync));
        lab.Advance(TimeSpan.FromSeconds(32) - TimeSpan.FromTicks(1));
        Assert.Equal(1, lab.Run(lab.Server.CountHandshakesAsync));
        lab.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(0, lab.Run(lab.Server.CountHandshakesAsync));
    }

    [Theory]
    [InlineData("alice", "wonderland", 200)]
    [InlineData("ALICE@contoso.test", "wonderland", 200)]
    [InlineData("CONTOSO\\alice", "wonderland", 200)]
    [InlineData("contoso.test\\alice", "wonderland", 200)]
    [InlineData("FABRIKAM\\alice", "wonderland", 401)]
    [InlineData("alice@elsewhere.test", "wonderland", 401)]
    [InlineData("alice", "guess", 401)]
    [InlineData("mallory", "wonderland", 401)]
    [InlineData("carol", "", 401)]
    [InlineData("bob", "builder", 403)]
    public void Only_the_user_with_the_password_gets_an_association_for_the_address(string user, string password, int status)
    {
        using var lab = Guarded();
        var alice = lab.Connect("alice", "alice01");
        var signIn = new NtlmSignIn(lab, alice, user, password);
        signIn.Begin();
        signIn.AskForChallenge();
        signIn.Finish();
        var answer = alice.ExpectsResponse(status);
        Assert.Equal(status == 200 ? 1 : 0, lab.Counts.Bindings);
        if (status == 401)
        {
            // Who could not do it by one scheme may try the next.
            Assert.Equal(["NTLM", "Digest", "Digest"], answer.Headers.GetAll(HeaderName.WwwAuthenticate).Select(text => text.Split(' ')[0]));
            Assert.DoesNotContain("opaque", answer.Headers[HeaderName.WwwAuthenticate], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_Edge_challenges_with_407_and_signs_in_its_own_header()
    {
        using var lab = Guarded(options => options with { AsProxy = true });
        var alice = lab.Connect("alice", "alice01");
        var granted = new NtlmSignIn(lab, alice, "alice", "wonderland") { Kind = ChallengeKind.Proxy }.Complete();
        Assert.False(granted.Headers.Contains(HeaderName.AuthenticationInfo));
        Assert.Contains("rspauth", granted.Headers[HeaderName.ProxyAuthenticationInfo], StringComparison.Ordinal);
        alice.Request("MESSAGE", alice.Address, "m1");
        alice.ExpectsResponse(480);
        Assert.Empty(alice.Unsigned);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Older_clients_come_in_where_the_options_let_them(int version)
    {
        using var lab = Guarded(options => options with { MinimumVersion = version });
        var alice = lab.Connect("alice", "alice01");
        new NtlmSignIn(lab, alice, "alice", "wonderland", version).Complete();
        alice.Register();
        alice.ExpectsResponse(200);
        Assert.Empty(alice.Unsigned);
    }
}
