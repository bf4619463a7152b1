namespace UcSdk.Sip.Tests;

/// <summary>How a registration ends: by the user, by a refusal, by silence, with its connection.</summary>
public sealed class RegistrationEndTests
{
    private readonly RegistrationWorld _world = new();

    private PeerWire Wire => _world.Wire;

    [Fact]
    public async Task Unregistering_sends_expires_0_and_waits_for_the_answer()
    {
        var registration = _world.Create();
        var early = Wire.Do(() => registration.UnregisterAsync());
        Assert.True(early.IsCompletedSuccessfully);
        _ = Wire.Do(() => registration.RegisterAsync());
        _world.Grant(Wire.ExpectRequest(SipMethod.Register));
        var leaving = Wire.Do(() => registration.UnregisterAsync());
        var last = Wire.ExpectRequest(SipMethod.Register);
        Assert.Equal("0", last.Headers[HeaderName.Expires]);
        Assert.False(leaving.IsCompleted);
        Wire.Answers(last, 200);
        await leaving;
        Assert.Equal(RegistrationReason.Unregistered, await registration.Ended);
        await Assert.ThrowsAsync<InvalidOperationException>(() => registration.RegisterAsync());
        Wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_refusal_tells_status_and_diagnostics()
    {
        var registration = _world.Create();
        var registering = Wire.Do(() => registration.RegisterAsync());
        Wire.Answers(Wire.ExpectRequest(SipMethod.Register), 404, edit: r =>
        {
            r.Headers.Add(HeaderName.MsDiagnostics, "4005;reason=\"Destination URI either not enabled for SIP or does not exist\";source=\"fe.test\"");
            r.Headers.Add(HeaderName.RetryAfter, "30 (soon);duration=5");
        });
        var failure = await Assert.ThrowsAsync<SipException>(() => registering);
        Assert.Equal((SipFailure.Refused, 404, 4005), (failure.Failure, failure.StatusCode, failure.Diagnostics!.ErrorId));
        Assert.Equal(TimeSpan.FromSeconds(30), failure.RetryAfter);
        Assert.Equal(RegistrationReason.Refused, await registration.Ended);
        Wire.ExpectNothingLeft();
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
        var registration = _world.Create();
        var registering = Wire.Do(() => registration.RegisterAsync());
        var cut = header.IndexOf(':', StringComparison.Ordinal);
        Wire.Answers(Wire.ExpectRequest(SipMethod.Register), status, edit: r =>
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
        Assert.Equal([RegistrationReason.LocalRegister, RegistrationReason.Refused], _world.Changes.Select(change => change.Reason));
        Wire.ExpectNothingLeft();
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
        _world.Register(expires: 600, keepAlive: null);
        Wire.Advance(TimeSpan.FromSeconds(480));
        Wire.Answers(Wire.ExpectRequest(SipMethod.Register), status);
        Assert.Equal(ends ? (RegistrationState.Unregistered, RegistrationReason.Refused) : (RegistrationState.Registered, RegistrationReason.Registered), _world.Last);
        Wire.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(ends, Wire.Unread == 0);
    }

    [Theory]
    [InlineData("registering")]
    [InlineData("registered")]
    [InlineData("unregistering")]
    public async Task Silence_ends_it_in_every_state(string state)
    {
        var registration = _world.InState(state);
        Wire.Advance(TimeSpan.FromHours(3));
        Assert.Equal(state == "registered" ? RegistrationReason.Expired : RegistrationReason.TimedOut, await registration.Ended);
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, Wire.Counts);
    }

    [Theory]
    [InlineData("registering")]
    [InlineData("registered")]
    [InlineData("unregistering")]
    public async Task A_lost_flow_ends_it_in_every_state(string state)
    {
        var registration = _world.InState(state);
        Wire.Breaks();
        Assert.Equal(RegistrationReason.FlowLost, await registration.Ended);
        Assert.Equal(new SipEndpointCounts(), Wire.Counts);
    }

    [Theory]
    [InlineData("registered")]
    [InlineData("unregistering")]
    public async Task A_refusal_later_ends_it(string state)
    {
        var registration = _world.InState(state);
        if (state == "registered")
        {
            Wire.Advance(TimeSpan.FromSeconds(7080));
        }

        while (Wire.Unread > 1)
        {
            Wire.ExpectKeepAlive();
        }

        Wire.Answers(Wire.ExpectRequest(SipMethod.Register), 403);
        Assert.Equal(RegistrationReason.Refused, await registration.Ended);
        Wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task Calling_it_off_while_registering_removes_what_may_have_been_added()
    {
        var registration = _world.Create();
        var registering = Wire.Do(() => registration.RegisterAsync());
        var first = Wire.ExpectRequest(SipMethod.Register);
        _ = Wire.Do(() => registration.UnregisterAsync());
        var last = Wire.ExpectRequest(SipMethod.Register);
        Assert.Equal("2 REGISTER", last.CSeq!.ToString());
        _world.Grant(first);
        Assert.Equal(RegistrationState.Unregistering, registration.State);
        Wire.Answers(last, 200);
        Assert.Equal(SipFailure.Canceled, (await Assert.ThrowsAsync<SipException>(() => registering)).Failure);
        Wire.ExpectNothingLeft();
    }
}
