namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.11: Carol joins the call of Alice and Bob (RFC 3911), of which Bob makes a conference.</summary>
public sealed class JoiningThirdPartyTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_11_three_way_conference_third_party_joins()
    {
        var alice = _world.Add("alice");
        // The endpoint lets Join through to whoever says that it understands it.
        var bob = _world.Add("bob", new() { Extensions = ["join"] });
        var carol = _world.Add("carol");
        alice.Call(bob);
        var first = bob.Answer();
        _world.SaidBefore();

        bob.Takes = (request, session) =>
        {
            Assert.True(Replaces.TryParse(request.Request.Headers[HeaderName.Join], out var joined));
            Assert.Equal((first.Dialog!.CallId, first.Dialog.LocalTag, first.Dialog.RemoteTag), (joined.CallId, joined.ToTag, joined.FromTag));
            _ = session.AcceptAsync("application/sdp", ServicePhone.Sdp("sendrecv"), response => response.Headers[HeaderName.Contact] = bob.Focus);
            return true;
        };
        var second = carol.Call(bob.Uri, edit: invite =>
        {
            invite.Headers.Add(HeaderName.Join, $"{first.Dialog!.CallId};to-tag={first.Dialog.LocalTag};from-tag={first.Dialog.RemoteTag}");
            invite.Headers.Add(HeaderName.Require, "join");
        });
        bob.Reinvite(first, "sendrecv", invite => invite.Headers[HeaderName.Contact] = bob.Focus);
        carol.HangUp(second);
        bob.HangUp(first);
        _world.Said(
            """
            F1 carol → bob: INVITE sip:bob | 1 INVITE | 2c- | Join 1ab | sendrecv
            F2 bob → carol: 200 OK | 1 INVITE | 2cd | isfocus | sendrecv
            F3 carol → bob: ACK sip:bob | 1 ACK | 2cd
            F4 bob → alice: INVITE sip:alice | 1 INVITE | 1ba | isfocus | sendrecv
            F5 alice → bob: 200 OK | 1 INVITE | 1ba | sendrecv
            F6 bob → alice: ACK sip:alice | 1 ACK | 1ba
            F7 carol → bob: BYE sip:bob | 2 BYE | 2cd
            F8 bob → carol: 200 OK | 2 BYE | 2cd
            F9 bob → alice: BYE sip:alice | 2 BYE | 1ba
            F10 alice → bob: 200 OK | 2 BYE | 1ba
            """);
        _world.NothingIsLeft();
    }
}
