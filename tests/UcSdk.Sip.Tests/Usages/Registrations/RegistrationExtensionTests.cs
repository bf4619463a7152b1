namespace UcSdk.Sip.Tests;

/// <summary>What registrations can beside RFC 3261: outbound, GRUU, Path, Service-Route, several Contacts, and refreshes that fail in passing.</summary>
public sealed class RegistrationExtensionTests
{
    // RFC 5627 §6 and RFC 5626 §9.1 use such instances; the addresses are ours.
    private const string Instance = "\"<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>\"";
    private const string Gruu = "sip:alice@self.test;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<(RegistrationState, RegistrationReason)> _history = [];

    [Fact]
    public async Task Outbound_a_GRUU_and_Path_are_asked_for_and_what_is_granted_is_told()
    {
        var registration = Create(new() { RegId = 1, RequestGruu = true });
        var registering = _wire.Do(() => registration.RegisterAsync());
        var register = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(["path", "outbound", "gruu"], register.Headers.GetList(HeaderName.Supported));
        Assert.Equal("1", register.Contact!.Parameters["reg-id"]);
        _wire.Answers(register, 200, edit: r =>
        {
            r.Headers.Add(HeaderName.Contact, $"<sip:alice@192.0.2.1>;reg-id=2;expires=60;+sip.instance={Instance};pub-gruu=\"sip:wrong@self.test\"");
            r.Headers.Add(HeaderName.Contact, $"<sip:alice@192.0.2.1>;reg-id=1;expires=3600;+sip.instance={Instance};pub-gruu=\"{Gruu}\";temp-gruu=\"sip:tgruu.7hs==jd7vnzga5w7fajsc7-ajd6fabz0f8g5@self.test;gr\"");
            r.Headers.Add(HeaderName.Path, "<sip:edge.test;lr;ob>");
            r.Headers.Add(HeaderName.ServiceRoute, "<sip:home1.test;lr>, <sip:home2.test;lr>");
            r.Headers.Add(HeaderName.Require, "outbound");
            r.Headers.Add(HeaderName.FlowTimer, "120");
        });
        var result = await registering;
        Assert.Equal((Gruu, "sip:tgruu.7hs==jd7vnzga5w7fajsc7-ajd6fabz0f8g5@self.test;gr"), (result.Gruu!.Text, result.TemporaryGruu!.Text));
        Assert.Equal((TimeSpan.FromHours(1), true, TimeSpan.FromMinutes(2)), (result.Expires, result.IsOutbound, result.FlowTimer));
        Assert.Equal(["<sip:edge.test;lr;ob>"], result.Path);

        // RFC 3608 §6.1: the Service-Route is the Route of what follows, in its order.
        var invite = _wire.Do(() => registration.CreateRequest(SipMethod.Message, SipUri.Parse("sip:bob@peer.test")));
        Assert.Equal(["<sip:home1.test;lr>", "<sip:home2.test;lr>"], invite.Headers.GetAll(HeaderName.Route));
        Assert.Equal((Gruu, "sip:alice@self.test"), (invite.Contact!.Uri.Text, invite.From!.Uri.Text));
        _ = _wire.Do(() => _wire.Endpoint.SendAsync(invite, _wire.Flow));
        Assert.Equal("sip:bob@peer.test", _wire.ExpectRequest(SipMethod.Message).UriText);
    }

    [Fact]
    public async Task A_first_hop_without_outbound_is_registered_with_without_it()
    {
        var registration = Create(new() { RegId = 1 });
        var registering = _wire.Do(() => registration.RegisterAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Register), 439);
        Assert.Equal((RegistrationState.Registering, RegistrationReason.OutboundLacking), _history[^1]);
        var again = _wire.ExpectRequest(SipMethod.Register);
        Assert.False(again.Headers.Contains(HeaderName.Supported));
        Assert.False(again.Contact!.Parameters.Contains("reg-id"));
        Grant(again, 600);
        Assert.False((await registering).IsOutbound);
    }

    [Fact]
    public async Task A_second_439_is_a_refusal()
    {
        var registration = Create(new() { RegId = 1 });
        var registering = _wire.Do(() => registration.RegisterAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Register), 439);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Register), 439);
        Assert.Equal(439, (await Assert.ThrowsAsync<SipException>(() => registering)).StatusCode);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(null, true)]
    [InlineData(0, false)]
    public void Outbound_and_GRUU_need_an_instance_and_a_positive_number(int? regId, bool gruu)
    {
        var contact = regId == 0 ? Contact(Instance) : new NameAddr(SipUri.Parse("sip:alice@192.0.2.1"));
        Assert.Throws<ArgumentException>(() => _wire.Endpoint.Register(
            new() { Aor = Messages.Alice.Uri, Flow = _wire.Flow, Contact = contact, RegId = regId, RequestGruu = gruu }));
    }

    [Fact]
    public async Task Several_contacts_live_as_long_as_the_shortest()
    {
        var registration = Create(new() { MoreContacts = [new(SipUri.Parse("tel:+1-201-555-0123")), new(SipUri.Parse("sip:alice@backup.test"))] });
        var registering = _wire.Do(() => registration.RegisterAsync());
        var register = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(3, register.Headers.GetList(HeaderName.Contact).Count());
        _wire.Answers(register, 200, edit: r =>
        {
            r.Headers.Add(HeaderName.Contact, $"<sip:alice@192.0.2.1>;expires=3600;+sip.instance={Instance}");
            r.Headers.Add(HeaderName.Contact, "<sip:alice@backup.test>;expires=300, <sip:stranger@else.test>;expires=10");
        });
        Assert.Equal(TimeSpan.FromSeconds(300), (await registering).Expires);
    }

    [Theory]
    [InlineData(503, "20", 20)]
    [InlineData(500, null, 2)]
    [InlineData(408, null, 2)]
    [InlineData(0, null, 2)]
    public void A_refresh_that_fails_in_passing_goes_again_before_the_binding_runs_out(int status, string? retryAfter, int shortest)
    {
        var registration = Registered();
        var refresh = Refresh();
        if (status == 0)
        {
            _wire.Advance(64 * Messages.T1);
        }
        else
        {
            _wire.Answers(refresh, status, edit: r => r.Headers[HeaderName.RetryAfter] = retryAfter);
        }

        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(shortest));
        _wire.ExpectNothing();
        _wire.Advance(TimeSpan.FromSeconds(2) + TimeSpan.FromTicks(1));
        var again = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal((refresh.CallId, "3 REGISTER"), (again.CallId, again.CSeq!.ToString()));
        Grant(again, 600);
        Assert.Equal((RegistrationState.Registered, RegistrationReason.Refreshed), _history[^1]);
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Fact]
    public async Task The_pauses_grow_and_at_its_end_the_binding_is_gone_to_the_tick()
    {
        var registration = Registered();
        var left = TimeSpan.FromSeconds(120);
        var (sent, last) = (0, _wire.Now);
        _wire.Answers(Refresh(), 503);
        var start = _wire.Now;
        var pauses = new List<double>();
        while (_wire.Now - start < left - TimeSpan.FromSeconds(1))
        {
            last = _wire.Now;
            while (_wire.Unread == 0 && _wire.Now - start < left - TimeSpan.FromSeconds(1))
            {
                _wire.Advance(TimeSpan.FromMilliseconds(100));
            }

            if (_wire.Unread > 0)
            {
                pauses.Add((_wire.Now - last).TotalSeconds);
                _wire.Answers(_wire.ExpectRequest(SipMethod.Register), 503);
                sent++;
            }
        }

        Assert.InRange(sent, 3, 6);
        for (var n = 0; n < pauses.Count; n++)
        {
            Assert.InRange(pauses[n], Math.Min(2 << n, 30), Math.Min(4 << n, 60) + 0.2);
        }

        _wire.AdvanceToJustBefore(start + left - _wire.Now);
        Assert.Equal(RegistrationState.Registered, registration.State);
        _wire.Tick();
        Assert.Equal(RegistrationReason.Expired, await registration.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_refresh_may_be_too_brief_as_well()
    {
        Registered();
        _wire.Answers(Refresh(), 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "1800"));
        var again = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal("1800", again.Headers[HeaderName.Expires]);
        Assert.Equal((RegistrationState.Registered, RegistrationReason.IntervalTooBrief), _history[^1]);
    }

    [Fact]
    public async Task All_bindings_can_be_asked_for_and_removed()
    {
        var registration = Registered();
        var asking = _wire.Do(() => registration.QueryAsync());
        var query = _wire.ExpectRequest(SipMethod.Register);
        Assert.False(query.Headers.Contains(HeaderName.Contact));
        Assert.False(query.Headers.Contains(HeaderName.Expires));
        _wire.Answers(query, 200, edit: r => r.Headers.Add(HeaderName.Contact, "<sip:a@a.test>;expires=5, <sip:b@b.test>"));
        Assert.Equal(["sip:a@a.test", "sip:b@b.test"], (await asking).Contacts.Select(c => c.Uri.Text));
        var removing = _wire.Do(() => registration.RemoveAllAsync());
        var removal = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(("*", "0", "1 REGISTER"), (removal.Headers[HeaderName.Contact], removal.Headers[HeaderName.Expires], removal.CSeq!.ToString()));
        Assert.NotEqual(query.CallId, removal.CallId);
        _wire.Answers(removal, 403);
        Assert.Equal(403, (await Assert.ThrowsAsync<SipException>(() => removing)).StatusCode);
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    private static NameAddr Contact(string instance) =>
        NameAddr.TryParse($"<sip:alice@192.0.2.1>;+sip.instance={instance}", out var contact) ? contact : throw new InvalidOperationException();

    private Registration Create(PartialOptions more)
    {
        var registration = _wire.Endpoint.Register(new()
        {
            Aor = Messages.Alice.Uri,
            Flow = _wire.Flow,
            Contact = Contact(Instance),
            RegId = more.RegId,
            RequestGruu = more.RequestGruu,
            MoreContacts = more.MoreContacts,
        });
        registration.StateChanged += change => _history.Add((change.Current, change.Reason));
        return registration;
    }

    private Registration Registered()
    {
        var registration = Create(new());
        _ = _wire.Do(() => registration.RegisterAsync());
        Grant(_wire.ExpectRequest(SipMethod.Register), 600);
        return registration;
    }

    private SipRequest Refresh()
    {
        _wire.Advance(TimeSpan.FromSeconds(480));
        return _wire.ExpectRequest(SipMethod.Register);
    }

    private void Grant(SipRequest register, int seconds) =>
        _wire.Answers(register, 200, edit: r => r.Headers.Add(HeaderName.Contact, $"<sip:alice@192.0.2.1>;expires={seconds};+sip.instance={Instance}"));

    private sealed record PartialOptions
    {
        public int? RegId { get; init; }

        public bool RequestGruu { get; init; }

        public IReadOnlyList<NameAddr> MoreContacts { get; init; } = [];
    }
}
