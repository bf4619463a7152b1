namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.10: Bob makes a conference of his call with Alice and adds Carol; he mixes.</summary>
public sealed class AddedThirdPartyTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_10_three_way_conference_third_party_is_added()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        alice.Call(bob);
        var first = bob.Answer();
        bob.Reinvite(first, "sendonly");
        _world.SaidBefore();

        var second = bob.Call(carol.Uri, edit: invite => invite.Headers[HeaderName.Contact] = bob.Focus);
        carol.Answer();
        bob.Reinvite(first, "sendrecv", invite => invite.Headers[HeaderName.Contact] = bob.Focus);
        bob.HangUp(second);
        bob.HangUp(first);
        _world.Said(
            """
            @@
            """);
        _world.NothingIsLeft();
    }
}
