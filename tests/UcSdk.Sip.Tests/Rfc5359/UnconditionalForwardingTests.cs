namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.7: Bob's proxy sends his calls to Carol.</summary>
public sealed class UnconditionalForwardingTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_7_call_forwarding_unconditional()
    {
        ServicePhone proxy = null!, carol = null!;
        proxy = _world.AddProxy("proxy", request =>
        {
            request.Respond(StatusCode.CallIsBeingForwarded);
            request.Proxy([ServiceWorld.TargetOf(proxy, carol)]);
        });
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        carol = _world.Add("carol");
        var call = alice.Call(bob.Address.Uri, proxy);
        carol.Answer();
        alice.HangUp(call);
        _world.Said(
            """
            @@
            """);
        _world.NothingIsLeft();
    }
}
