namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §10.2: no REGISTER while another is on its way. What matters of that is the removal, which a repeated datagram would undo.</summary>
public sealed class RegistrationRemovalTests
{
    private readonly PeerWire _wire = PeerWire.Datagram();

    [Fact]
    public void Over_datagrams_a_removal_waits_for_the_answer_to_the_refresh()
    {
        var (registration, refresh) = Refresh();

        _ = _wire.Do(() => registration.UnregisterAsync());
        _wire.ExpectNothing();
        Assert.Equal(RegistrationState.Unregistering, registration.State);
        Grant(refresh);

        Remove(registration);
    }

    [Fact]
    public void Or_for_the_end_of_its_time()
    {
        var (registration, _) = Refresh();

        _ = _wire.Do(() => registration.UnregisterAsync());
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(32));
        while (_wire.Unread > 0)
        {
            Assert.Equal(2u, _wire.ExpectRequest(SipMethod.Register).CSeq!.Number);
        }

        _wire.Tick();
        Remove(registration);
    }

    [Fact]
    public void A_refresh_that_had_no_answer_is_not_waited_for_later()
    {
        var (registration, _) = Refresh();
        _wire.Advance(TimeSpan.FromSeconds(32));
        while (_wire.Unread > 0)
        {
            _wire.ExpectRequest(SipMethod.Register);
        }

        _ = _wire.Do(() => registration.UnregisterAsync());

        Remove(registration);
    }

    private (Registration Registration, SipRequest Refresh) Refresh()
    {
        _ = NameAddr.TryParse("<sip:self.test:5060;transport=udp>", out var contact);
        var registration = _wire.Endpoint.Register(new() { Aor = Messages.Alice.Uri, Flow = _wire.Flow, Contact = contact! });
        _ = _wire.Do(() => registration.RegisterAsync());
        Grant(_wire.ExpectRequest(SipMethod.Register));
        _wire.Advance(TimeSpan.FromSeconds(480));
        return (registration, _wire.ExpectRequest(SipMethod.Register));
    }

    private void Grant(SipRequest register) => _wire.Answers(register, 200, edit: answer =>
    {
        answer.Headers.Add(HeaderName.Contact, "<sip:self.test:5060;transport=udp>;expires=600");
        answer.Headers.Add(HeaderName.Expires, "600");
    });

    private void Remove(Registration registration)
    {
        var last = _wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(("0", 3u), (last.Headers[HeaderName.Expires], last.CSeq!.Number));
        _wire.Answers(last, 200);
        Assert.Equal(RegistrationState.Unregistered, registration.State);
    }
}
