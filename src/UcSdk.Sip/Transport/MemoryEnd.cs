using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// One end of a flow of a <see cref="MemoryNetwork"/>. The network's loop owns <see cref="IsOpen"/>, <see cref="LastArrival"/> and
/// <see cref="Held"/>; the loop of the transport owns the rest.
/// </summary>
internal sealed class MemoryEnd(MemoryTransport transport, SipFlow flow)
{
    public MemoryTransport Transport { get; } = transport;

    public SipFlow Flow { get; } = flow;

    /// <summary>The other end of a stream; null for datagrams, which find their receiver by address.</summary>
    public MemoryEnd? Peer { get; set; }

    public bool IsOpen { get; set; } = true;

    /// <summary>Its place among the ends of its transport.</summary>
    public int Number { get; set; }

    /// <summary>When the last thing sent to this end arrives; a stream never overtakes itself.</summary>
    public Timestamp LastArrival { get; set; }

    /// <summary>What waits for a partition to heal, in order.</summary>
    public Queue<Action> Held { get; } = new();

    /// <summary>The framing of a stream; null for datagrams.</summary>
    public StreamIntake? Intake { get; set; }
}
