namespace UcSdk.Sip.Tests;

/// <summary>Two ends that hand each other copies of what they send, as a socket does, and nothing more.</summary>
internal sealed class DirectWire
{
    public DirectWire(bool reliable)
    {
        var name = reliable ? "TCP" : "UDP";
        Near = new(name, new(name, "near.test", 5060), new(name, "far.test", 5060), reliable);
        Far = new(name, new(name, "far.test", 5060), new(name, "near.test", 5060), reliable) { Peer = Near };
        Near.Peer = Far;
    }

    public DirectEnd Near { get; }

    public DirectEnd Far { get; }
}
