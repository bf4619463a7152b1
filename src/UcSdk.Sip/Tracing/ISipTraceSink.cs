namespace UcSdk.Sip;

/// <summary>
/// Takes every message that an endpoint sends or receives, before anything is redacted. Called on the endpoint's loop: it must return
/// soon and must not throw.
/// </summary>
public interface ISipTraceSink
{
    /// <summary>One message.</summary>
    void Message(SipTraceEntry entry);

    /// <summary>A flow is there, whoever opened it. A sink that only wants messages leaves this out.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="time">Wall-clock time.</param>
    void FlowOpened(SipFlow flow, DateTimeOffset time)
    {
    }

    /// <summary>A flow is gone; nothing follows for it. A sink that only wants messages leaves this out.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="end">Why.</param>
    /// <param name="time">Wall-clock time.</param>
    void FlowClosed(SipFlow flow, SipFlowEnd end, DateTimeOffset time)
    {
    }
}
