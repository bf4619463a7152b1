namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.17: Bob is busy; Alice's phone watches him and calls again when he is not.</summary>
public sealed class AutomaticRedialTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_17_automatic_redial()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        bob.Takes = (_, session) =>
        {
            session.Reject(StatusCode.BusyHere);
            return true;
        };
        var refused = alice.Call(bob);
        Assert.Equal(StatusCode.BusyHere, (await refused.Answer).StatusCode);

        InviteSession? second = null;
        var watch = alice.Watch(bob, "3600");
        watch.NotificationReceived += notify =>
        {
            if (notify.BodyText == "terminated")
            {
                second = alice.Invite(bob);
            }
        };
        _world.Do(bob, () =>
        {
            bob.Subscription!.Accept(TimeSpan.FromHours(1), "text/plain", ServicePhone.State("confirmed"));
            return true;
        });
        bob.Takes = null;
        _world.Do(bob, () =>
        {
            bob.Subscription!.Terminate("noresource", "text/plain", ServicePhone.State("terminated"));
            return true;
        });
        bob.Answer();
        alice.HangUp(second!);
        _world.Said(
            """
            F1 alice → bob: INVITE sip:bob | 1 INVITE | 1a- | sendrecv
            F2 bob → alice: 486 Busy Here | 1 INVITE | 1ab
            F3 alice → bob: ACK sip:bob | 1 ACK | 1ab
            F4 alice → bob: SUBSCRIBE sip:bob | 1 SUBSCRIBE | 2c- | dialog
            F5 bob → alice: 200 OK | 1 SUBSCRIBE | 2cd
            F6 bob → alice: NOTIFY sip:alice | 1 NOTIFY | 2dc | dialog | active | confirmed
            F7 alice → bob: 200 OK | 1 NOTIFY | 2dc
            F8 bob → alice: NOTIFY sip:alice | 2 NOTIFY | 2dc | dialog | terminated | terminated
            F9 alice → bob: 200 OK | 2 NOTIFY | 2dc
            F10 alice → bob: INVITE sip:bob | 1 INVITE | 3e- | sendrecv
            F11 bob → alice: 180 Ringing | 1 INVITE | 3ef
            F12 bob → alice: 200 OK | 1 INVITE | 3ef | sendrecv
            F13 alice → bob: ACK sip:bob | 1 ACK | 3ef
            F14 alice → bob: BYE sip:bob | 2 BYE | 3ef
            F15 bob → alice: 200 OK | 2 BYE | 3ef
            """);
        _world.NothingIsLeft();
    }
}
