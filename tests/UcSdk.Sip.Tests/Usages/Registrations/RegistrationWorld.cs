namespace UcSdk.Sip.Tests;

/// <summary>A Lync endpoint that registers with a registrar which is the test.</summary>
internal sealed class RegistrationWorld(PeerWire? wire = null)
{
    private const string Uuid = "34d859db-6585-5f91-a3b4-de853c15347d";

    public PeerWire Wire { get; } = wire ?? PeerWire.Reliable();

    /// <summary>What the registration went through.</summary>
    public List<RegistrationStateChange> Changes { get; } = [];

    public (RegistrationState State, RegistrationReason Reason) Last => (Changes[^1].Current, Changes[^1].Reason);

    /// <summary>A registration that has said nothing yet.</summary>
    public Registration Create(TimeSpan? expires = null)
    {
        _ = NameAddr.TryParse($"<sip:self.test:5060;transport=tcp>;proxy=replace;+sip.instance=\"<urn:uuid:{Uuid}>\"", out var contact);
        var registration = Wire.Endpoint.Register(new()
        {
            Aor = Messages.Alice.Uri,
            Flow = Wire.Flow,
            Contact = contact!,
            Epid = "c8ca638a15",
            Expires = expires,
            Edit = register => register.Headers.Add(HeaderName.Event, "registration"),
        });
        registration.StateChanged += Changes.Add;
        return registration;
    }

    /// <summary>Registers; the REGISTER that was granted.</summary>
    public SipRequest Register(int expires = 7200, int? keepAlive = 300)
    {
        var registration = Create();
        _ = Wire.Do(() => registration.RegisterAsync());
        var request = Wire.ExpectRequest(SipMethod.Register);
        Grant(request, expires, keepAlive);
        return request;
    }

    /// <summary>One that is <c>registering</c>, <c>registered</c> or <c>unregistering</c>; what was sent last is still to be read.</summary>
    public Registration InState(string state)
    {
        var registration = Create();
        _ = Wire.Do(() => registration.RegisterAsync());
        var first = Wire.ExpectRequest(SipMethod.Register);
        if (state != "registering")
        {
            Grant(first);
        }

        if (state == "unregistering")
        {
            _ = Wire.Do(() => registration.UnregisterAsync());
        }

        return registration;
    }

    /// <summary>The registrar grants, with another endpoint of the user beside this one.</summary>
    public void Grant(SipRequest register, int expires = 7200, int? keepAlive = 300, string? presenceState = null) => Wire.Answers(register, 200, edit: r =>
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
