using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>Everything that one host sent and received in one of its lives.</summary>
internal sealed class WireTap(CallWorld world, string host, int life) : ISipTraceSink
{
    public string Host { get; } = host;

    public int Life { get; } = life;

    public bool IsProxy => Host == CallProxy.HostName;

    public List<WireEntry> Entries { get; } = [];

    public void Message(SipTraceEntry entry) => Entries.Add(new(world.Now, entry.Direction == SipTraceDirection.Sent, entry));
}
