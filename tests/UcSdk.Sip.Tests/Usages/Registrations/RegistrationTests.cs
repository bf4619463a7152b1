namespace UcSdk.Sip.Tests;

/// <summary>A Lync endpoint's registration: RFC 3261 §10.2, [MS-SIPREGE], [MS-CONMGMT].</summary>
public sealed class RegistrationTests
{
    private readonly RegistrationWorld _world = new();

    private PeerWire Wire => _world.Wire;

    [Fact]
    public async Task Registering_gives_what_the_registrar_granted()
    {
        var registration = _world.Create();
        var registering = Wire.Do(() => registration.RegisterAsync());
        var register = Wire.ExpectRequest(SipMethod.Register);
        Assert.Equal("sip:self.test", register.UriText);
        Assert.Equal(("1 REGISTER", "c8ca638a15"), (register.CSeq!.ToString(), register.From!.Epid));
        Assert.Null(register.To!.Tag);
        Assert.False(register.Headers.Contains(HeaderName.Expires));
        _world.Grant(register);
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
        var first = _world.Register(expires: 600, keepAlive: null);
        Wire.AdvanceToJustBefore(TimeSpan.FromSeconds(480));
        Wire.ExpectNothing();
        Wire.Tick();
        var refresh = Wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(("2 REGISTER", first.CallId), (refresh.CSeq!.ToString(), refresh.CallId));
        _world.Grant(refresh, 600, null);
        Assert.Equal((RegistrationState.Registered, RegistrationReason.Refreshed), _world.Last);
        Wire.AdvanceToJustBefore(TimeSpan.FromSeconds(480));
        Wire.ExpectNothing();
        Wire.Tick();
        Wire.ExpectRequest(SipMethod.Register);
    }

    // RFC 3261 §10.2: one Call-ID for all registrations of a client, whatever flow or process they come from.
    [Fact]
    public void A_registration_goes_on_with_the_call_id_and_the_number_of_an_earlier_one()
    {
        var registration = Wire.Endpoint.Register(_world.Create().Options with { CallId = "8d2f0ab1", LastCSeq = 7 });
        Assert.Equal(("8d2f0ab1", 7u), (registration.CallId, registration.CSeq));

        _ = Wire.Do(() => registration.RegisterAsync());

        var register = Wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(("8d2f0ab1", "8 REGISTER"), (register.CallId, register.CSeq!.ToString()));
        Assert.Equal(8u, registration.CSeq);
        _world.Grant(register);
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
        _world.Register(expires: 600, keepAlive: null);
        Wire.Advance(TimeSpan.FromSeconds(480));
        _world.Grant(Wire.ExpectRequest(SipMethod.Register), 600, null, state);
        Assert.Equal(ends ? (RegistrationState.Unregistered, RegistrationReason.BindingLost) : (RegistrationState.Registered, RegistrationReason.Refreshed), _world.Last);
    }

    [Fact]
    public void The_first_answer_may_say_that_the_binding_is_new()
    {
        var registration = _world.Create();
        _ = Wire.Do(() => registration.RegisterAsync());
        _world.Grant(Wire.ExpectRequest(SipMethod.Register), presenceState: "register-action=\"added\"");
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Fact]
    public void A_short_life_is_refreshed_at_half_time()
    {
        _world.Register(expires: 60, keepAlive: null);
        Wire.AdvanceToJustBefore(TimeSpan.FromSeconds(30));
        Wire.ExpectNothing();
        Wire.Tick();
        Wire.ExpectRequest(SipMethod.Register);
    }

    [Fact]
    public void A_keep_alive_goes_out_after_silence_only()
    {
        _world.Register(keepAlive: 300);
        Wire.Advance(TimeSpan.FromSeconds(200));
        _ = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire)));
        Wire.Answers(Wire.ExpectRequest(SipMethod.Options), 200);
        Wire.AdvanceToJustBefore(TimeSpan.FromSeconds(300));
        Wire.ExpectNothing();
        Wire.Tick();
        Wire.ExpectKeepAlive();
        Wire.SaysBytes("\r\n");
        Wire.AdvanceToJustBefore(TimeSpan.FromSeconds(300));
        Wire.ExpectNothing();
        Wire.Tick();
        Wire.ExpectKeepAlive();
    }

    [Fact]
    public async Task A_423_is_answered_by_asking_for_the_longer_life_once()
    {
        var registration = _world.Create(TimeSpan.FromSeconds(60));
        var registering = Wire.Do(() => registration.RegisterAsync());
        Wire.Answers(Wire.ExpectRequest(SipMethod.Register), 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "900"));
        var again = Wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(("900", "2 REGISTER"), (again.Headers[HeaderName.Expires], again.CSeq!.ToString()));
        Wire.Answers(again, 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "900"));
        Assert.Equal(423, (await Assert.ThrowsAsync<SipException>(() => registering)).StatusCode);
        Wire.ExpectNothingLeft();
    }
}
