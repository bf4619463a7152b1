namespace UcSdk.Sip;

/// <summary>Gives each entry to several sinks, in their order.</summary>
/// <param name="sinks">The sinks.</param>
public sealed class TraceFanOut(params ISipTraceSink[] sinks) : ISipTraceSink
{
    /// <inheritdoc/>
    public void Message(SipTraceEntry entry)
    {
        foreach (var sink in sinks)
        {
            sink.Message(entry);
        }
    }

    /// <inheritdoc/>
    public void FlowOpened(SipFlow flow, DateTimeOffset time)
    {
        foreach (var sink in sinks)
        {
            sink.FlowOpened(flow, time);
        }
    }

    /// <inheritdoc/>
    public void FlowClosed(SipFlow flow, SipFlowEnd end, DateTimeOffset time)
    {
        foreach (var sink in sinks)
        {
            sink.FlowClosed(flow, end, time);
        }
    }
}
