namespace UcSdk.Sip.Tests;

/// <summary>Requests of ours that are challenged on their way: RFC 3261 §22, over whole conversations.</summary>
public sealed class ChallengedRequestTests : IDisposable
{
    private const string First = "Digest realm=\"peer.test\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256";

    private readonly SipPassword _password = new("wonderland");
    private readonly PeerWire _wire;

    public ChallengedRequestTests() => _wire = PeerWire.Reliable(new() { Credentials = [new SipCredentials("alice", _password)] });

    public void Dispose() => _password.Dispose();

    [Fact]
    public async Task A_registration_is_challenged_once_and_its_refresh_carries_the_next_count()
    {
        var registration = Registration();
        var registering = _wire.Do(() => registration.RegisterAsync());
        var bare = _wire.ExpectRequest(SipMethod.Register);
        Assert.False(bare.Headers.Contains(HeaderName.Authorization));
        Challenge(bare, First);
        var answer = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal((bare.CallId, bare.Headers[HeaderName.From], "2 REGISTER"), (answer.CallId, answer.Headers[HeaderName.From], answer.CSeq!.ToString()));
        Assert.NotEqual(bare.TopVia!.Branch, answer.TopVia!.Branch);
        Assert.Single(answer.Headers.GetAll(HeaderName.Via));
        Assert.Equal(("n1", "00000001", "sip:self.test"), (Answer(answer)["nonce"], Answer(answer)["nc"], Answer(answer)["uri"]));
        Assert.False(registering.IsCompleted);
        Grant(answer);
        await registering;
        _wire.Advance(TimeSpan.FromSeconds(480));
        var refresh = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(("3 REGISTER", "n1", "00000002"), (refresh.CSeq!.ToString(), Answer(refresh)["nonce"], Answer(refresh)["nc"]));
    }

    [Fact]
    public async Task A_wrong_password_ends_with_the_status_and_the_reason()
    {
        var registration = Registration();
        var registering = _wire.Do(() => registration.RegisterAsync());
        Challenge(_wire.ExpectRequest(SipMethod.Register), First);
        Challenge(_wire.ExpectRequest(SipMethod.Register), "Digest realm=\"peer.test\", nonce=\"n2\", qop=\"auth\"");
        var failure = await Assert.ThrowsAsync<SipException>(() => registering);
        Assert.Equal((SipFailure.Refused, 401), (failure.Failure, failure.StatusCode));
        Assert.Contains("401 Unauthorized", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wonderland", failure.ToString(), StringComparison.Ordinal);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task Without_credentials_a_challenge_is_a_refusal()
    {
        var wire = PeerWire.Reliable();
        var sending = wire.Do(() => wire.Endpoint.SendAsync(Messages.Options(wire)));
        wire.Answers(wire.ExpectRequest(SipMethod.Options), 401, edit: r => r.Headers.Add(HeaderName.WwwAuthenticate, First));
        Assert.Equal(401, (await sending).StatusCode);
    }

    [Fact]
    public async Task A_stale_nonce_is_replaced_without_a_word_to_the_caller()
    {
        var registration = Registration();
        var registering = _wire.Do(() => registration.RegisterAsync());
        Challenge(_wire.ExpectRequest(SipMethod.Register), First);
        Grant(_wire.ExpectRequest(SipMethod.Register));
        await registering;
        _wire.Advance(TimeSpan.FromSeconds(480));
        Challenge(_wire.ExpectRequest(SipMethod.Register), "Digest realm=\"peer.test\", nonce=\"n2\", qop=\"auth\", stale=true");
        var again = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(("n2", "00000001", "4 REGISTER"), (Answer(again)["nonce"], Answer(again)["nc"], again.CSeq!.ToString()));
        Grant(again);
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Fact]
    public async Task A_server_that_finds_every_nonce_stale_is_given_up()
    {
        var sending = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        for (var round = 0; round < CredentialCache.MaxRounds; round++)
        {
            Challenge(_wire.ExpectRequest(SipMethod.Options), $"Digest realm=\"peer.test\", nonce=\"n{round}\", qop=\"auth\", stale=true");
        }

        var last = _wire.ExpectRequest(SipMethod.Options);
        Assert.Equal(CredentialCache.MaxRounds + 1u, last.CSeq!.Number);
        Assert.False(sending.IsCompleted);
        Challenge(last, "Digest realm=\"peer.test\", nonce=\"last\", qop=\"auth\", stale=true");
        _wire.ExpectNothing();
        Assert.Equal(401, (await sending).StatusCode);
    }

    [Fact]
    public void An_invite_passes_two_proxies_and_the_callee_and_its_acks_carry_what_it_carried()
    {
        // RFC 3665 §3.3: each proxy asks for its own, and the callee too.
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        var bare = _wire.ExpectRequest(SipMethod.Invite);
        Challenge(bare, "Digest realm=\"p1\", nonce=\"a\", qop=\"auth\"", 407);
        Assert.False(_wire.ExpectRequest(SipMethod.Ack).Headers.Contains(HeaderName.ProxyAuthorization));
        var second = _wire.ExpectRequest(SipMethod.Invite);
        Challenge(second, "Digest realm=\"p2\", nonce=\"b\", qop=\"auth\"", 407);
        Assert.Equal(second.Headers.GetAll(HeaderName.ProxyAuthorization), _wire.ExpectRequest(SipMethod.Ack).Headers.GetAll(HeaderName.ProxyAuthorization));
        var third = _wire.ExpectRequest(SipMethod.Invite);
        Challenge(third, "Digest realm=\"bob\", nonce=\"c\", qop=\"auth\"");
        _wire.ExpectRequest(SipMethod.Ack);
        var whole = _wire.ExpectRequest(SipMethod.Invite);
        Assert.Equal(["p1", "p2"], whole.Headers.GetAll(HeaderName.ProxyAuthorization).Select(t => Field(t)["realm"]));
        Assert.Equal("bob", Answer(whole)["realm"]);
        Assert.Equal(("4 INVITE", bare.CallId), (whole.CSeq!.ToString(), whole.CallId));
        _wire.Answers(whole, 180);
        Assert.Equal(InviteState.Proceeding, session.State);
        _wire.Answers(whole, 200);
        var ack = _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal("4 ACK", ack.CSeq!.ToString());
        Assert.Equal(whole.Headers.GetAll(HeaderName.ProxyAuthorization), ack.Headers.GetAll(HeaderName.ProxyAuthorization));
        Assert.Equal(whole.Headers[HeaderName.Authorization], ack.Headers[HeaderName.Authorization]);
        Assert.Equal(InviteState.Confirmed, session.State);
        // Inside the dialog nobody has to ask.
        _ = _wire.Do(() => session.ByeAsync());
        var bye = _wire.ExpectRequest(SipMethod.Bye);
        Assert.Equal(["p1", "p2"], bye.Headers.GetAll(HeaderName.ProxyAuthorization).Select(t => Field(t)["realm"]));
        Assert.Equal(("5 BYE", "00000002"), (bye.CSeq!.ToString(), Answer(bye)["nc"]));
        _wire.Answers(bye, 200);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_request_inside_the_dialog_is_challenged_and_goes_again_with_the_dialogs_next_number()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200);
        Assert.False(_wire.ExpectRequest(SipMethod.Ack).Headers.Contains(HeaderName.Authorization));
        var sending = _wire.Do(() => session.SendAsync(session.CreateRequest(SipMethod.Invite)));
        Challenge(_wire.ExpectRequest(SipMethod.Invite), First);
        _wire.ExpectRequest(SipMethod.Ack);
        var again = _wire.ExpectRequest(SipMethod.Invite);
        Assert.Equal("3 INVITE", again.CSeq!.ToString());
        _wire.Answers(again, 200, null);
        Assert.Equal(200, (await sending).StatusCode);
        var ack = _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(("3 ACK", again.Headers[HeaderName.Authorization]), (ack.CSeq!.ToString(), ack.Headers[HeaderName.Authorization]));
        _ = _wire.Do(() => session.ByeAsync());
        Assert.Equal("4 BYE", _wire.ExpectRequest(SipMethod.Bye).CSeq!.ToString());
    }

    [Fact]
    public async Task The_end_of_the_endpoint_clears_what_it_knew()
    {
        _ = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        Challenge(_wire.ExpectRequest(SipMethod.Options), First);
        var cache = _wire.Endpoint.Core.Credentials!;
        Assert.Equal(1, cache.Count);
        await _wire.Do(() => _wire.Endpoint.DisposeAsync().AsTask());
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void A_cancel_carries_the_credentials_of_its_invite_and_is_never_answered_for()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        Challenge(_wire.ExpectRequest(SipMethod.Invite), First);
        _wire.ExpectRequest(SipMethod.Ack);
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180);
        _ = _wire.Do(() => session.CancelAsync());
        var cancel = _wire.ExpectRequest(SipMethod.Cancel);
        Assert.Equal(("2 CANCEL", invite.TopVia!.Branch), (cancel.CSeq!.ToString(), cancel.TopVia!.Branch));
        Assert.Equal(invite.Headers[HeaderName.Authorization], cancel.Headers[HeaderName.Authorization]);
        Challenge(cancel, "Digest realm=\"peer.test\", nonce=\"n2\", qop=\"auth\", stale=true");
        _wire.ExpectNothing();
        _wire.Answers(invite, 487);
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(InviteState.Terminated, session.State);
    }

    [Fact]
    public async Task An_invite_that_was_called_off_does_not_answer_a_challenge()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _ = _wire.Do(() => session.CancelAsync());
        Challenge(invite, First);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.ExpectNothing();
        Assert.Equal(InviteReason.LocalCancel, await session.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_subscription_is_challenged_before_it_is_there_and_inside_its_dialog()
    {
        var subscription = _wire.Do(() => _wire.Endpoint.Subscribe(Messages.Subscribe(_wire, "3600")));
        Challenge(_wire.ExpectRequest(SipMethod.Subscribe), First);
        var subscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal("2 SUBSCRIBE", subscribe.CSeq!.ToString());
        _wire.Answers(subscribe, 200, edit: r => r.Headers.Add(HeaderName.Expires, "3600"));
        _wire.Advance(TimeSpan.FromSeconds(3600 - 120));
        var refresh = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal(("3 SUBSCRIBE", "00000002"), (refresh.CSeq!.ToString(), Answer(refresh)["nc"]));
        Challenge(refresh, "Digest realm=\"peer.test\", nonce=\"n2\", qop=\"auth\", stale=true");
        var again = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal(("4 SUBSCRIBE", "n2"), (again.CSeq!.ToString(), Answer(again)["nonce"]));
        _wire.Answers(again, 200, edit: r => r.Headers.Add(HeaderName.Expires, "3600"));
        Assert.NotEqual(SubscriptionState.Terminated, subscription.State);
    }

    [Fact]
    public async Task The_next_nonce_is_used_and_a_server_without_proof_is_asked_anew()
    {
        var sending = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        Challenge(_wire.ExpectRequest(SipMethod.Options), "Digest realm=\"peer.test\", nonce=\"n1\"");
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options), 200, edit: r => r.Headers.Add(HeaderName.AuthenticationInfo, "nextnonce=\"n2\""));
        Assert.Equal(200, (await sending).StatusCode);
        _ = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        var second = _wire.ExpectRequest(SipMethod.Options);
        Assert.Equal("n2", Answer(second)["nonce"]);
        _wire.Answers(second, 200, edit: r => r.Headers.Add(HeaderName.AuthenticationInfo, "rspauth=\"00000000000000000000000000000000\", nextnonce=\"n3\""));
        _ = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        Assert.False(_wire.ExpectRequest(SipMethod.Options).Headers.Contains(HeaderName.Authorization));
    }

    [Fact]
    public void A_datagram_that_is_repeated_carries_the_same_credentials()
    {
        var wire = PeerWire.Datagram(new() { Credentials = [new SipCredentials("alice", _password)] });
        _ = wire.Do(() => wire.Endpoint.SendAsync(Messages.Options(wire)));
        wire.Answers(wire.ExpectRequest(SipMethod.Options), 401, edit: r => r.Headers.Add(HeaderName.WwwAuthenticate, First));
        var answer = wire.ExpectRequest(SipMethod.Options);
        wire.Advance(Messages.T1);
        Assert.Equal(answer.Headers[HeaderName.Authorization], wire.ExpectRequest(SipMethod.Options).Headers[HeaderName.Authorization]);
    }

    [Fact]
    public async Task A_late_repetition_of_the_challenge_changes_nothing()
    {
        var wire = PeerWire.Datagram(new() { Credentials = [new SipCredentials("alice", _password)] });
        var session = wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        var bare = wire.ExpectRequest(SipMethod.Invite);
        wire.Answers(bare, 401, edit: r => r.Headers.Add(HeaderName.WwwAuthenticate, First));
        wire.ExpectRequest(SipMethod.Ack);
        var answer = wire.ExpectRequest(SipMethod.Invite);
        wire.Answers(bare, 401, edit: r => r.Headers.Add(HeaderName.WwwAuthenticate, First));
        wire.ExpectRequest(SipMethod.Ack);
        wire.ExpectNothing();
        wire.Answers(answer, 486);
        wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(InviteReason.Refused, await session.Ended);
    }

    private static AuthField Field(string? text) => AuthField.TryParse(text, out var field) ? field : throw new FormatException(text);

    private static AuthField Answer(SipRequest request) => Field(request.Headers[HeaderName.Authorization]);

    private void Challenge(SipRequest request, string challenge, int status = 401) => _wire.Answers(
        request, status, edit: r => r.Headers.Add(status == 401 ? HeaderName.WwwAuthenticate : HeaderName.ProxyAuthenticate, challenge));

    private void Grant(SipRequest register) => _wire.Answers(register, 200, edit: r =>
    {
        r.Headers.Add(HeaderName.Contact, register.Headers[HeaderName.Contact]! + ";expires=600");
        r.Headers.Add(HeaderName.Expires, "600");
    });

    private Registration Registration() => _wire.Do(() => _wire.Endpoint.Register(new()
    {
        Aor = SipUri.Parse("sip:alice@self.test"),
        Flow = _wire.Flow,
        Contact = new(SipUri.Parse("sip:alice@self.test:5060")),
    }));
}
