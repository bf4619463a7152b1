namespace UcSdk.Sip.Tests;

/// <summary>A proxy with a caller (<see cref="Caller"/>) and two phones of alice, whose targets and options the test chooses.</summary>
internal sealed class ProxyWire
{
    public ProxyWire(PeerWire? wire = null)
    {
        Wire = wire ?? PeerWire.Reliable(new() { IsProxy = true, Server = "", UserAgent = "" });
        Desk = Wire.Connect("desk.test");
        Phone = Wire.Connect("phone.test");
        Targets = [new(SipUri.Parse("sip:alice@desk.test"), Desk), new(SipUri.Parse("sip:alice@phone.test"), Phone)];
        Wire.Endpoint.RequestReceived = request =>
        {
            Offered.Add(request);
            request.Proxy(Targets ?? [new(request.Request.Uri!)], Options).FinalResponse += response => Finals.Add(response.StatusCode);
        };
    }

    public PeerWire Wire { get; }

    public SipFlow Caller => Wire.Flow;

    public SipFlow Desk { get; }

    public SipFlow Phone { get; }

    /// <summary>Where requests go; null for where they lead themselves.</summary>
    public IReadOnlyList<ProxyTarget>? Targets { get; set; }

    public ProxyOptions Options { get; set; } = new();

    /// <summary>What the application was given.</summary>
    public List<IncomingRequest> Offered { get; } = [];

    /// <summary>The final responses that the application was told of.</summary>
    public List<int> Finals { get; } = [];

    public static PeerWire Datagrams(SipTimings? timings = null) =>
        PeerWire.Datagram(new() { IsProxy = true, Server = "", UserAgent = "", Timings = timings ?? SipTimings.Default });

    public (SipRequest Desk, SipRequest Phone) ExpectInvites() =>
        (Wire.ExpectRequest(SipMethod.Invite, Desk), Wire.ExpectRequest(SipMethod.Invite, Phone));

    public (SipRequest Desk, SipRequest Phone) Fork()
    {
        Wire.Says(Messages.FromPeer("INVITE"));
        return ExpectInvites();
    }

    /// <summary>A phone refuses, and gets its ACK.</summary>
    public void Refuses(SipRequest invite, int status, SipFlow flow, Action<SipResponse>? edit = null)
    {
        Wire.Answers(invite, status, flow.Remote.Host, edit, flow);
        Wire.ExpectRequest(SipMethod.Ack, flow);
    }

    /// <summary>A phone rings, and the caller hears it.</summary>
    public SipResponse Rings(SipRequest invite, SipFlow flow, int status = 180)
    {
        Wire.Answers(invite, status, flow.Remote.Host, flow: flow);
        return Wire.ExpectResponse(status, Caller);
    }

    /// <summary>The proxy cancels an INVITE; the phone obeys.</summary>
    public SipRequest IsCanceled(SipRequest invite, SipFlow flow)
    {
        var cancel = Wire.ExpectRequest(SipMethod.Cancel, flow);
        Wire.Answers(cancel, 200, flow: flow);
        Wire.Answers(invite, 487, flow.Remote.Host, flow: flow);
        Wire.ExpectRequest(SipMethod.Ack, flow);
        return cancel;
    }
}
