namespace UcSdk.Sip;

/// <summary>The ACK that the 2xx of one dialog got; repetitions of the 2xx get it again (RFC 3261 §13.2.2.4).</summary>
/// <param name="tag">The peer's tag in the dialog.</param>
/// <param name="flow">Where the ACK went.</param>
internal sealed class KeptAck(string tag, SipFlow flow)
{
    public SipFlow Flow => flow;

    /// <summary>Its bytes.</summary>
    public WireCopy Copy { get; } = new();

    public bool IsOf(string other) => tag.Equals(other, StringComparison.OrdinalIgnoreCase);
}
