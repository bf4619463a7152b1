namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.4: Bob transfers Alice to Carol and does not wait for what becomes of it.</summary>
public sealed class UnattendedTransferTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_4_transfer_unattended()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        alice.Call(bob);
        var held = bob.Answer();
        bob.Reinvite(held, "sendonly");
        _world.SaidBefore();

        var referral = bob.Refer(held, ReferTo.To(carol.Uri));
        var transferred = alice.Obey();
        bob.HangUp(held);
        Assert.Equal(InviteReason.LocalBye, await held.Ended);
        Assert.Equal(ReferralState.Following, referral.State);
        carol.Answer();
        Assert.True((await referral.Outcome).IsSuccess);
        Assert.Equal(InviteState.Confirmed, transferred.State);
        alice.HangUp(transferred);
        _world.Said(
            """
            @@
            """);
        _world.NothingIsLeft();
    }

    [Fact]
    public async Task Section_2_4_a_transfer_that_fails_brings_the_call_back()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        alice.Call(bob);
        var held = bob.Answer();
        bob.Reinvite(held, "sendonly");
        _world.SaidBefore();

        carol.Takes = (_, session) =>
        {
            session.Reject(StatusCode.BusyHere);
            return true;
        };
        var referral = bob.Refer(held, ReferTo.To(carol.Uri));
        alice.Obey();
        Assert.Equal(StatusCode.BusyHere, (await referral.Outcome).StatusCode);
        bob.Reinvite(held, "sendrecv");
        bob.HangUp(held);
        _world.Said(
            """
            @@
            """);
        _world.NothingIsLeft();
    }
}
