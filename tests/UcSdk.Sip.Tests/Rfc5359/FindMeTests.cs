namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.12: Bob's proxy looks for him in one place after another.</summary>
public sealed class FindMeTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_12_find_me()
    {
        ServicePhone proxy = null!, office = null!, home = null!, mobile = null!;
        proxy = _world.AddProxy("proxy", request => request.Proxy(
        [
            ServiceWorld.TargetOf(proxy, office),
            ServiceWorld.TargetOf(proxy, home) with { Q = 0.7, Timeout = TimeSpan.FromSeconds(15) },
            ServiceWorld.TargetOf(proxy, mobile) with { Q = 0.3 },
        ]));
        var alice = _world.Add("alice");
        office = _world.Add("office");
        home = _world.Add("home");
        mobile = _world.Add("mobile");
        office.Takes = (_, session) =>
        {
            session.Reject(StatusCode.TemporarilyUnavailable);
            return true;
        };
        var call = alice.Call(SipUri.Parse("sip:bob@example.com"), proxy);
        _world.Advance(TimeSpan.FromSeconds(15));
        mobile.Answer();
        alice.HangUp(call);
        _world.Said(
            """
            F1 alice → proxy: INVITE sip:bob@example.com | 1 INVITE | 1a- | Route proxy | sendrecv
            F2 proxy → office: INVITE sip:office | 1 INVITE | 1a- | sendrecv
            F3 office → proxy: 480 Temporarily Unavailable | 1 INVITE | 1ab
            F4 proxy → office: ACK sip:office | 1 ACK | 1ab
            F5 proxy → home: INVITE sip:home | 1 INVITE | 1a- | sendrecv
            F6 home → proxy: 180 Ringing | 1 INVITE | 1ac
            F7 proxy → alice: 180 Ringing | 1 INVITE | 1ac
            F8 proxy → home: CANCEL sip:home | 1 CANCEL | 1a-
            F9 proxy → mobile: INVITE sip:mobile | 1 INVITE | 1a- | sendrecv
            F10 home → proxy: 200 OK | 1 CANCEL | 1ac
            F11 home → proxy: 487 Request Terminated | 1 INVITE | 1ac
            F12 mobile → proxy: 180 Ringing | 1 INVITE | 1ad
            F13 proxy → home: ACK sip:home | 1 ACK | 1ac
            F14 proxy → alice: 180 Ringing | 1 INVITE | 1ad
            F15 mobile → proxy: 200 OK | 1 INVITE | 1ad | sendrecv
            F16 proxy → alice: 200 OK | 1 INVITE | 1ad | sendrecv
            F17 alice → proxy: ACK sip:mobile | 1 ACK | 1ad | Route proxy
            F18 proxy → mobile: ACK sip:mobile | 1 ACK | 1ad
            F19 alice → proxy: BYE sip:mobile | 2 BYE | 1ad | Route proxy
            F20 proxy → mobile: BYE sip:mobile | 2 BYE | 1ad
            F21 mobile → proxy: 200 OK | 2 BYE | 1ad
            F22 proxy → alice: 200 OK | 2 BYE | 1ad
            """);
        _world.NothingIsLeft();
    }
}
