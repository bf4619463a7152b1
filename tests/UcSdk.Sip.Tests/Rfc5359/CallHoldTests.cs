namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.1: Bob holds a call that runs over a proxy, and takes it back.</summary>
public sealed class CallHoldTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_1_call_hold()
    {
        ServicePhone proxy = null!, bob = null!;
        proxy = _world.AddProxy("proxy", request => request.Proxy([ServiceWorld.TargetOf(proxy, bob)]));
        var alice = _world.Add("alice");
        bob = _world.Add("bob");
        alice.Call(bob.Address.Uri, proxy);
        var call = bob.Answer();
        bob.Reinvite(call, "sendonly");
        bob.Reinvite(call, "sendrecv");
        bob.HangUp(call);
        _world.Said(
            """
            @@
            """);
        _world.NothingIsLeft();
    }
}
