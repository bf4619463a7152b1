namespace UcSdk.Sip;

/// <summary>Bytes on their way through a <see cref="MemoryNetwork"/>: one object for all the turns of loops that they need.</summary>
/// <param name="network">The network.</param>
/// <param name="from">The end that sends.</param>
/// <param name="bytes">The bytes, which belong to the network until the receiver has them. Nobody changes them.</param>
internal sealed class MemoryPiece(MemoryNetwork network, MemoryEnd from, ReadOnlyMemory<byte> bytes)
{
    public MemoryNetwork Network => network;

    public MemoryEnd From => from;

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The end of a stream that gets them; set when they go out.</summary>
    public MemoryEnd? To { get; set; }

    /// <summary>The moment of the arrival: what waits for a partition to heal is not overtaken.</summary>
    public void Arrive()
    {
        if (To!.IsOpen && (network.IsBlocked(To) || To.Held.Count > 0))
        {
            To.Held.Enqueue(Deliver);
        }
        else if (To.IsOpen)
        {
            Deliver();
        }
    }

    private void Deliver() => To!.Transport.Receive(this);
}
