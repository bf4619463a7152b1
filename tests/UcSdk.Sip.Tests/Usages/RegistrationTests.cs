namespace UcSdk.Sip.Tests;

/// <summary>A Lync endpoint's registration: RFC 3261 §10.2, [MS-SIPREGE], [MS-CONMGMT].</summary>
public sealed class RegistrationTests
{
    private const string Uuid = "34d859db-6585-5f91-a3b4-de853c15347d";
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<(RegistrationState, RegistrationReason)> _history = [];
    private readonly List<RegistrationStateChange> _changes = [];
    private int _notices;

    [Fact]
    public async Task Registering_gives_what_the_registrar_granted()
    {
        var registration = Create();
        var registering = _wire.Do(() => registration.RegisterAsync());
        var register = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal("sip:self.test", register.UriText);
        Assert.Equal(("1 REGISTER", "c8ca638a15"), (register.CSeq!.ToString(), register.From!.Epid));
        Assert.Null(register.To!.Tag);
        Assert.False(register.Headers.Contains(HeaderName.Expires));
        Grant(register);
        var result = await registering;
        Assert.Equal(TimeSpan.FromSeconds(7200), result.Expires);
        Assert.Equal("sip:alice@self.test;opaque=user:epid:21nYNIVlkV-jtN6FPBU0fQAA;gruu", result.Gruu!.Text);
        Assert.Equal(2, result.Contacts.Count);
        Assert.Equal(["vnd-microsoft-provisioning-v2", "presence"], result.AllowEvents);
        Assert.Equal(["adhoclist", "msrtc-event-categories"], result.Supported);
        Assert.Equal((TimeSpan.FromSeconds(300), "RTC/6.0"), (result.KeepAlive, result.Server));
    }

    [Fact]
    public void A_refresh_goes_out_two_minutes_early_with_the_same_call_id_and_the_next_number()
    {
        var first = Register(expires: 600, keepAlive: null);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(480));
        _wire.ExpectNothing();
        _wire.Tick();
        var refresh = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(("2 REGISTER", first.CallId), (refresh.CSeq!.ToString(), refresh.CallId));
        Grant(refresh, 600, null);
        Assert.Equal((RegistrationState.Registered, RegistrationReason.Refreshed), _history[^1]);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(480));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectRequest(SipMethod.Register);
    }

    // RFC 3261 §10.2: one Call-ID for all registrations of a client, whatever flow or process they come from.
    [Fact]
    public void A_registration_goes_on_with_the_call_id_and_the_number_of_an_earlier_one()
    {
        var registration = _wire.Endpoint.Register(Create().Options with { CallId = "8d2f0ab1", LastCSeq = 7 });
        Assert.Equal(("8d2f0ab1", 7u), (registration.CallId, registration.CSeq));

        _ = _wire.Do(() => registration.RegisterAsync());

        var register = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(("8d2f0ab1", "8 REGISTER"), (register.CallId, register.CSeq!.ToString()));
        Assert.Equal(8u, registration.CSeq);
        Grant(register);
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    // [MS-SIPREGE] §3.1.1.5.1: the registrar forgot us, and with us all dialogs.
    [Theory]
    [InlineData("register-action=\"added\"", true)]
    [InlineData("register-action=\"fixed\";primary-cluster-type=\"central\";is-connected-to-primary=\"yes\"", true)]
    [InlineData("register-action=\"refreshed\"", false)]
    [InlineData("register-action", false)]
    public void A_refresh_that_makes_the_binding_anew_ends_the_registration(string state, bool ends)
    {
        Register(expires: 600, keepAlive: null);
        _wire.Advance(TimeSpan.FromSeconds(480));
        Grant(_wire.ExpectRequest(SipMethod.Register), 600, null, state);
        Assert.Equal(ends ? (RegistrationState.Unregistered, RegistrationReason.BindingLost) : (RegistrationState.Registered, RegistrationReason.Refreshed), _history[^1]);
    }

    [Fact]
    public void The_first_answer_may_say_that_the_binding_is_new()
    {
        var registration = Create();
        _ = _wire.Do(() => registration.RegisterAsync());
        Grant(_wire.ExpectRequest(SipMethod.Register), presenceState: "register-action=\"added\"");
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Fact]
    public void A_short_life_is_refreshed_at_half_time()
    {
        Register(expires: 60, keepAlive: null);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(30));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectRequest(SipMethod.Register);
    }

    [Fact]
    public void A_keep_alive_goes_out_after_silence_only()
    {
        Register(keepAlive: 300);
        _wire.Advance(TimeSpan.FromSeconds(200));
        _ = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options), 200);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(300));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectKeepAlive();
        _wire.SaysBytes("\r\n");
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(300));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectKeepAlive();
    }

    [Fact]
    public async Task Unregistering_sends_expires_0_and_waits_for_the_answer()
    {
        var registration = Create();
        var early = _wire.Do(() => registration.UnregisterAsync());
        Assert.True(early.IsCompletedSuccessfully);
        _ = _wire.Do(() => registration.RegisterAsync());
        Grant(_wire.ExpectRequest(SipMethod.Register));
        var leaving = _wire.Do(() => registration.UnregisterAsync());
        var last = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal("0", last.Headers[HeaderName.Expires]);
        Assert.False(leaving.IsCompleted);
        _wire.Answers(last, 200);
        await leaving;
        Assert.Equal(RegistrationReason.Unregistered, await registration.Ended);
        await Assert.ThrowsAsync<InvalidOperationException>(() => registration.RegisterAsync());
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_refusal_tells_status_and_diagnostics()
    {
        var registration = Create();
        var registering = _wire.Do(() => registration.RegisterAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Register), 404, edit: r =>
        {
            r.Headers.Add(HeaderName.MsDiagnostics, "4005;reason=\"Destination URI either not enabled for SIP or does not exist\";source=\"fe.test\"");
            r.Headers.Add(HeaderName.RetryAfter, "30 (soon);duration=5");
        });
        var failure = await Assert.ThrowsAsync<SipException>(() => registering);
        Assert.Equal((SipFailure.Refused, 404, 4005), (failure.Failure, failure.StatusCode, failure.Diagnostics!.ErrorId));
        Assert.Equal(TimeSpan.FromSeconds(30), failure.RetryAfter);
        Assert.Equal(RegistrationReason.Refused, await registration.Ended);
        _wire.ExpectNothingLeft();
    }

    // Every row of what a Lync registrar answers, but 401 and 423, which are followed here; what else follows is the sign-in's to decide.
    [Theory]
    [InlineData(301, "Contact: <sip:pool2.self.test:5061;transport=tls>")]
    [InlineData(302, "Contact: <sip:pool2.self.test:5061;transport=tls>")]
    [InlineData(305, "Contact: <sip:edge.self.test:443;transport=tls>")]
    [InlineData(403, "Warning: 310 lcs.microsoft.com \"You are currently not using the recommended version of the client\"")]
    [InlineData(404, "ms-diagnostics: 4005;reason=\"Destination URI either not enabled for SIP or does not exist\"")]
    [InlineData(408, "")]
    [InlineData(480, "ms-diagnostics: 4165;reason=\"User services are not available\"")]
    [InlineData(503, "Retry-After: 30")]
    [InlineData(504, "")]
    public async Task Every_refusal_of_the_first_REGISTER_is_shown_whole(int status, string header)
    {
        var registration = Create();
        var registering = _wire.Do(() => registration.RegisterAsync());
        var cut = header.IndexOf(':', StringComparison.Ordinal);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Register), status, edit: r =>
        {
            if (cut > 0)
            {
                r.Headers.Add(HeaderName.Of(header[..cut]), header[(cut + 2)..]);
            }
        });
        var failure = await Assert.ThrowsAsync<SipException>(() => registering);
        Assert.Equal((SipFailure.Refused, status), (failure.Failure, failure.StatusCode));
        Assert.Equal(cut > 0 ? header[(cut + 2)..] : null, cut > 0 ? failure.Response!.Headers[HeaderName.Of(header[..cut])] : null);
        Assert.Equal(status == 503 ? TimeSpan.FromSeconds(30) : null, failure.RetryAfter);
        Assert.Equal(header.StartsWith("ms-", StringComparison.Ordinal), failure.Diagnostics is not null);
        Assert.Equal([RegistrationReason.LocalRegister, RegistrationReason.Refused], _history.Select(change => change.Item2));
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(301, true)]
    [InlineData(403, true)]
    [InlineData(404, true)]
    [InlineData(480, true)]
    [InlineData(408, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    [InlineData(504, false)]
    public void A_refused_refresh_ends_the_registration_unless_the_same_may_work_in_a_moment(int status, bool ends)
    {
        Register(expires: 600, keepAlive: null);
        _wire.Advance(TimeSpan.FromSeconds(480));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Register), status);
        Assert.Equal(ends ? (RegistrationState.Unregistered, RegistrationReason.Refused) : (RegistrationState.Registered, RegistrationReason.Registered), _history[^1]);
        _wire.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(ends, _wire.Unread == 0);
    }

    [Fact]
    public async Task A_423_is_answered_by_asking_for_the_longer_life_once()
    {
        var registration = Create(TimeSpan.FromSeconds(60));
        var registering = _wire.Do(() => registration.RegisterAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Register), 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "900"));
        var again = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(("900", "2 REGISTER"), (again.Headers[HeaderName.Expires], again.CSeq!.ToString()));
        _wire.Answers(again, 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "900"));
        Assert.Equal(423, (await Assert.ThrowsAsync<SipException>(() => registering)).StatusCode);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData("registering")]
    [InlineData("registered")]
    [InlineData("unregistering")]
    public async Task Silence_ends_it_in_every_state(string state)
    {
        var registration = InState(state);
        _wire.Advance(TimeSpan.FromHours(3));
        Assert.Equal(state == "registered" ? RegistrationReason.Expired : RegistrationReason.TimedOut, await registration.Ended);
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, _wire.Counts);
    }

    [Theory]
    [InlineData("registering")]
    [InlineData("registered")]
    [InlineData("unregistering")]
    public async Task A_lost_flow_ends_it_in_every_state(string state)
    {
        var registration = InState(state);
        _wire.Breaks();
        Assert.Equal(RegistrationReason.FlowLost, await registration.Ended);
        Assert.Equal(new SipEndpointCounts(), _wire.Counts);
    }

    [Theory]
    [InlineData("registered")]
    [InlineData("unregistering")]
    public async Task A_refusal_later_ends_it(string state)
    {
        var registration = InState(state);
        if (state == "registered")
        {
            _wire.Advance(TimeSpan.FromSeconds(7080));
        }

        while (_wire.Unread > 1)
        {
            _wire.ExpectKeepAlive();
        }

        _wire.Answers(_wire.ExpectRequest(SipMethod.Register), 403);
        Assert.Equal(RegistrationReason.Refused, await registration.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task Calling_it_off_while_registering_removes_what_may_have_been_added()
    {
        var registration = Create();
        var registering = _wire.Do(() => registration.RegisterAsync());
        var first = _wire.ExpectRequest(SipMethod.Register);
        _ = _wire.Do(() => registration.UnregisterAsync());
        var last = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal("2 REGISTER", last.CSeq!.ToString());
        Grant(first);
        Assert.Equal(RegistrationState.Unregistering, registration.State);
        _wire.Answers(last, 200);
        Assert.Equal(SipFailure.Canceled, (await Assert.ThrowsAsync<SipException>(() => registering)).Failure);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task The_registrar_removes_the_binding_and_says_so()
    {
        // [MS-SIPREGE] §4.1.3: a NOTIFY outside any dialog.
        var registration = InState("registered");
        Notifies("deregistered;event=rejected", "ms-diagnostics-public: 4141;reason=\"User disabled\"");
        _wire.ExpectResponse(200);
        Assert.Equal(RegistrationReason.Deregistered, await registration.Ended);
        var said = _changes[^1].Deregistration!;
        Assert.Equal((DeregistrationReason.Rejected, "rejected", null), (said.Reason, said.Token, said.PreferredRegistrar));
        Assert.Equal((4141, "User disabled"), (said.Diagnostics!.ErrorId, said.Diagnostics.Reason));
        _wire.ExpectNothingLeft();
    }

    // [MS-SIPREGE] §2.2.1.13, all of them, and what a registrar of tomorrow may say.
    [Theory]
    [InlineData("unregistered", DeregistrationReason.Unregistered)]
    [InlineData("rejected", DeregistrationReason.Rejected)]
    [InlineData("deactivated", DeregistrationReason.Deactivated)]
    [InlineData("userservices-unavailable", DeregistrationReason.UserServicesUnavailable)]
    [InlineData("preferred-registrar-change", DeregistrationReason.PreferredRegistrarChange)]
    [InlineData("something-new", DeregistrationReason.Other)]
    public async Task Why_the_binding_was_removed_is_told(string token, DeregistrationReason reason)
    {
        var registration = InState("registered");
        Notifies("deregistered;event=" + token);
        _wire.ExpectResponse(200);
        Assert.Equal(RegistrationReason.Deregistered, await registration.Ended);
        Assert.Equal(new Deregistration(reason, token, null, null), _changes[^1].Deregistration);
        Assert.Null(_changes[^2].Deregistration);
    }

    [Theory]
    [InlineData("sip:pool2.self.test:5061;transport=tls")]
    [InlineData("<sip:pool2.self.test:5061;transport=tls>")]
    public void Where_the_user_registers_from_now_on_is_told(string header)
    {
        InState("registered");
        Notifies("deregistered;event=preferred-registrar-change", "P-Preferred-Registrar: " + header);
        _wire.ExpectResponse(200);
        Assert.Equal("sip:pool2.self.test:5061;transport=tls", _changes[^1].Deregistration!.PreferredRegistrar!.Text);
    }

    [Fact]
    public void A_registration_that_stands_is_told_that_the_user_services_are_gone()
    {
        // [MS-SIPREGE] §3.5: survivable mode.
        var registration = InState("registered");
        Notifies("registered;event=userservices-unavailable", state: "active");
        _wire.ExpectResponse(200);
        Assert.Equal((RegistrationState.Registered, RegistrationReason.Notified), _history[^1]);
        Assert.Equal("userservices-unavailable", _changes[^1].Notice);
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Theory]
    [InlineData("terminated;expires=0", 200, RegistrationState.Unregistered)]
    [InlineData("active", 400, RegistrationState.Registered)]
    public void Without_a_readable_body_only_the_end_of_the_subscription_ends_the_binding(string state, int status, RegistrationState expected)
    {
        var registration = InState("registered");
        Notifies("gone away", state: state);
        _wire.ExpectResponse(status);
        Assert.Equal(expected, registration.State);
        Assert.Equal(status == 200 ? DeregistrationReason.Other : null, _changes[^1].Deregistration?.Reason);
    }

    [Fact]
    public void Nobody_but_the_registrar_removes_a_binding()
    {
        var registration = InState("registered");
        Notifies("deregistered;event=rejected", flow: _wire.Connect("stranger.test"));
        _wire.ExpectResponse(501);
        Notifies("deregistered;event=rejected", epid: "01010101");
        _wire.ExpectResponse(501);
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Fact]
    public async Task The_tag_of_the_REGISTER_in_To_makes_no_dialog_of_it()
    {
        // As the example of [MS-SIPREGE] §4.1.3 has it: Event in REGISTER implies a subscription.
        var registration = InState("registered");
        Notifies("deregistered;event=rejected", epid: "c8ca638a15;tag=7c503117ea");
        _wire.ExpectResponse(200);
        Assert.Equal(RegistrationReason.Deregistered, await registration.Ended);
    }

    [Theory]
    [InlineData("registering")]
    [InlineData("unregistering")]
    public void What_is_said_of_an_earlier_binding_is_answered_and_changes_nothing(string state)
    {
        var registration = InState(state);
        if (state == "unregistering")
        {
            _wire.ExpectRequest(SipMethod.Register);
        }

        var before = registration.State;
        Notifies("deregistered;event=unregistered");
        _wire.ExpectResponse(200);
        Assert.Equal(before, registration.State);
    }

    private void Notifies(string body, string header = "", string state = "terminated;expires=0", string epid = "c8ca638a15", SipFlow? flow = null) => _wire.Says(
        $"NOTIFY sip:alice@self.test SIP/2.0\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bK{++_notices}\nMax-Forwards: 70\n" +
        $"From: <sip:alice@self.test>;tag=reg\nTo: <sip:alice@self.test>;epid={epid}\nCall-ID: dereg{_notices}\nCSeq: 1 NOTIFY\n" +
        $"Event: registration-notify\nsubscription-state: {state}\n{(header.Length == 0 ? "" : header + "\n")}" +
        $"Content-Type: text/registration-event\n\n{body}",
        flow);

    private Registration InState(string state)
    {
        var registration = Create();
        _ = _wire.Do(() => registration.RegisterAsync());
        var first = _wire.ExpectRequest(SipMethod.Register);
        if (state != "registering")
        {
            Grant(first);
        }

        if (state == "unregistering")
        {
            _ = _wire.Do(() => registration.UnregisterAsync());
        }

        return registration;
    }

    private SipRequest Register(int expires = 7200, int? keepAlive = 300)
    {
        var registration = Create();
        _ = _wire.Do(() => registration.RegisterAsync());
        var request = _wire.ExpectRequest(SipMethod.Register);
        Grant(request, expires, keepAlive);
        return request;
    }

    private Registration Create(TimeSpan? expires = null)
    {
        _ = NameAddr.TryParse($"<sip:self.test:5060;transport=tcp>;proxy=replace;+sip.instance=\"<urn:uuid:{Uuid}>\"", out var contact);
        var registration = _wire.Endpoint.Register(new()
        {
            Aor = Messages.Alice.Uri,
            Flow = _wire.Flow,
            Contact = contact!,
            Epid = "c8ca638a15",
            Expires = expires,
            Edit = register => register.Headers.Add(HeaderName.Event, "registration"),
        });
        registration.StateChanged += change =>
        {
            _history.Add((change.Current, change.Reason));
            _changes.Add(change);
        };
        return registration;
    }

    private void Grant(SipRequest register, int expires = 7200, int? keepAlive = 300, string? presenceState = null) => _wire.Answers(register, 200, edit: r =>
    {
        if (presenceState is not null)
        {
            r.Headers.Add(HeaderName.PresenceState, presenceState);
        }

        r.Headers.Add(HeaderName.Contact, "<sip:other.test>;expires=99;+sip.instance=\"<urn:uuid:00000000-0000-5000-8000-000000000000>\";gruu=\"sip:wrong;gruu\"");
        r.Headers.Add(
            HeaderName.Contact,
            $"<sip:192.0.2.1:5060;transport=tcp;ms-received-cid=2600>;expires={expires};+sip.instance=\"<urn:uuid:{Uuid}>\";" +
            "gruu=\"sip:alice@self.test;opaque=user:epid:21nYNIVlkV-jtN6FPBU0fQAA;gruu\"");
        r.Headers.Add(HeaderName.Expires, "300");
        r.Headers.Add(HeaderName.AllowEvents, "vnd-microsoft-provisioning-v2,presence");
        r.Headers.Add(HeaderName.Supported, "adhoclist");
        r.Headers.Add(HeaderName.Supported, "msrtc-event-categories");
        r.Headers[HeaderName.Server] = "RTC/6.0";
        if (keepAlive is { } seconds)
        {
            r.Headers.Add(HeaderName.MsKeepAlive, $"UAS; tcp=no; hop-hop=yes; end-end=no; timeout={seconds}");
        }
    });
}
