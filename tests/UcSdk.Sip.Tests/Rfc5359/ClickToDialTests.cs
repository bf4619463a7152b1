namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.18: a web page asks Alice's phone to call Bob.</summary>
public sealed class ClickToDialTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_18_click_to_dial()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var page = _world.Add("page");
        var referral = page.Refer(alice, ReferTo.To(bob.Uri));
        var call = alice.Obey();
        bob.Answer();
        Assert.True((await referral.Outcome).IsSuccess);
        Assert.Equal(ReferralReason.Completed, await referral.Ended);
        bob.HangUp(bob.Incoming);
        Assert.Equal(InviteReason.RemoteBye, await call.Ended);
        _world.Said(
            """
            @@
            """);
        _world.NothingIsLeft();
    }
}
