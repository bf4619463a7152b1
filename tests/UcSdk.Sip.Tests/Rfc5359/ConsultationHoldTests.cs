namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.2: Bob holds Alice, asks Carol, and comes back to Alice.</summary>
public sealed class ConsultationHoldTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_2_consultation_hold()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        var call = alice.Call(bob);
        var held = bob.Answer();
        bob.Reinvite(held, "sendonly");
        var consultation = bob.Call(carol);
        carol.Answer();
        bob.HangUp(consultation);
        bob.Reinvite(held, "sendrecv");
        alice.HangUp(call);
        _world.Said(
            """
            @@
            """);
        _world.NothingIsLeft();
    }
}
