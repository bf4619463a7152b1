namespace UcSdk.Sip.Tests;

/// <summary>What a registrar says of a binding by itself ([MS-SIPREGE] §§3.2, 3.5, 4.1.3).</summary>
public sealed class DeregistrationTests
{
    private readonly RegistrationWorld _world = new();
    private int _notices;

    private PeerWire Wire => _world.Wire;

    [Fact]
    public async Task The_registrar_removes_the_binding_and_says_so()
    {
        // [MS-SIPREGE] §4.1.3: a NOTIFY outside any dialog.
        var registration = _world.InState("registered");
        Notifies("deregistered;event=rejected", "ms-diagnostics-public: 4141;reason=\"User disabled\"");
        Wire.ExpectResponse(200);
        Assert.Equal(RegistrationReason.Deregistered, await registration.Ended);
        var said = _world.Changes[^1].Deregistration!;
        Assert.Equal((DeregistrationReason.Rejected, "rejected", null), (said.Reason, said.Token, said.PreferredRegistrar));
        Assert.Equal((4141, "User disabled"), (said.Diagnostics!.ErrorId, said.Diagnostics.Reason));
        Wire.ExpectNothingLeft();
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
        var registration = _world.InState("registered");
        Notifies("deregistered;event=" + token);
        Wire.ExpectResponse(200);
        Assert.Equal(RegistrationReason.Deregistered, await registration.Ended);
        Assert.Equal(new Deregistration(reason, token, null, null), _world.Changes[^1].Deregistration);
        Assert.Null(_world.Changes[^2].Deregistration);
    }

    [Theory]
    [InlineData("sip:pool2.self.test:5061;transport=tls")]
    [InlineData("<sip:pool2.self.test:5061;transport=tls>")]
    public void Where_the_user_registers_from_now_on_is_told(string header)
    {
        _world.InState("registered");
        Notifies("deregistered;event=preferred-registrar-change", "P-Preferred-Registrar: " + header);
        Wire.ExpectResponse(200);
        Assert.Equal("sip:pool2.self.test:5061;transport=tls", _world.Changes[^1].Deregistration!.PreferredRegistrar!.Text);
    }

    [Fact]
    public void A_registration_that_stands_is_told_that_the_user_services_are_gone()
    {
        // [MS-SIPREGE] §3.5: survivable mode.
        var registration = _world.InState("registered");
        Notifies("registered;event=userservices-unavailable", state: "active");
        Wire.ExpectResponse(200);
        Assert.Equal((RegistrationState.Registered, RegistrationReason.Notified), _world.Last);
        Assert.Equal("userservices-unavailable", _world.Changes[^1].Notice);
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Theory]
    [InlineData("terminated;expires=0", 200, RegistrationState.Unregistered)]
    [InlineData("active", 400, RegistrationState.Registered)]
    public void Without_a_readable_body_only_the_end_of_the_subscription_ends_the_binding(string state, int status, RegistrationState expected)
    {
        var registration = _world.InState("registered");
        Notifies("gone away", state: state);
        Wire.ExpectResponse(status);
        Assert.Equal(expected, registration.State);
        Assert.Equal(status == 200 ? DeregistrationReason.Other : null, _world.Changes[^1].Deregistration?.Reason);
    }

    [Fact]
    public void Nobody_but_the_registrar_removes_a_binding()
    {
        var registration = _world.InState("registered");
        Notifies("deregistered;event=rejected", flow: Wire.Connect("stranger.test"));
        Wire.ExpectResponse(501);
        Notifies("deregistered;event=rejected", epid: "01010101");
        Wire.ExpectResponse(501);
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Fact]
    public async Task The_tag_of_the_REGISTER_in_To_makes_no_dialog_of_it()
    {
        // As the example of [MS-SIPREGE] §4.1.3 has it: Event in REGISTER implies a subscription.
        var registration = _world.InState("registered");
        Notifies("deregistered;event=rejected", epid: "c8ca638a15;tag=7c503117ea");
        Wire.ExpectResponse(200);
        Assert.Equal(RegistrationReason.Deregistered, await registration.Ended);
    }

    [Theory]
    [InlineData("registering")]
    [InlineData("unregistering")]
    public void What_is_said_of_an_earlier_binding_is_answered_and_changes_nothing(string state)
    {
        var registration = _world.InState(state);
        if (state == "unregistering")
        {
            Wire.ExpectRequest(SipMethod.Register);
        }

        var before = registration.State;
        Notifies("deregistered;event=unregistered");
        Wire.ExpectResponse(200);
        Assert.Equal(before, registration.State);
    }

    private void Notifies(string body, string header = "", string state = "terminated;expires=0", string epid = "c8ca638a15", SipFlow? flow = null) => Wire.Says(
        $"NOTIFY sip:alice@self.test SIP/2.0\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bK{++_notices}\nMax-Forwards: 70\n" +
        $"From: <sip:alice@self.test>;tag=reg\nTo: <sip:alice@self.test>;epid={epid}\nCall-ID: dereg{_notices}\nCSeq: 1 NOTIFY\n" +
        $"Event: registration-notify\nsubscription-state: {state}\n{(header.Length == 0 ? "" : header + "\n")}" +
        $"Content-Type: text/registration-event\n\n{body}",
        flow);
}
