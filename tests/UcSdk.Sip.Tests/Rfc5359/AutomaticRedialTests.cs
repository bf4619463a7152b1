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
                _ = watch.UnsubscribeAsync();
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
            bob.Subscription!.Notify("text/plain", ServicePhone.State("terminated"));
            return true;
        });
        bob.Answer();
        alice.HangUp(second!);
        _world.Said(
            """
            @@
            """);
        _world.NothingIsLeft();
    }
}
