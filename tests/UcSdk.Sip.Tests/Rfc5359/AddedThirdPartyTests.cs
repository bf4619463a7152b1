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
            F1 bob → carol: INVITE sip:carol | 1 INVITE | 2c- | isfocus | sendrecv
            F2 carol → bob: 180 Ringing | 1 INVITE | 2cd
            F3 carol → bob: 200 OK | 1 INVITE | 2cd | sendrecv
            F4 bob → carol: ACK sip:carol | 1 ACK | 2cd
            F5 bob → alice: INVITE sip:alice | 2 INVITE | 1ba | isfocus | sendrecv
            F6 alice → bob: 200 OK | 2 INVITE | 1ba | sendrecv
            F7 bob → alice: ACK sip:alice | 2 ACK | 1ba
            F8 bob → carol: BYE sip:carol | 2 BYE | 2cd
            F9 carol → bob: 200 OK | 2 BYE | 2cd
            F10 bob → alice: BYE sip:alice | 3 BYE | 1ba
            F11 alice → bob: 200 OK | 3 BYE | 1ba
            """);
        _world.NothingIsLeft();
    }
}
