namespace UcSdk.Sip;

/// <summary>The servers that a request may go to: the one that was reached first, and those that are left.</summary>
internal sealed class ServerSet(SipTransportAddress current, IEnumerable<SipTransportAddress> others)
{
    private readonly Queue<SipTransportAddress> _others = new(others);

    public SipTransportAddress Current { get; private set; } = current;

    public bool TryMoveNext()
    {
        var moved = _others.TryDequeue(out var next);
        Current = next ?? Current;
        return moved;
    }
}
