namespace UcSdk.Sip;

/// <summary>The flows that are protected, and by what. Empty, the usual case, it costs one comparison for each message.</summary>
internal sealed class FlowProtections
{
    private readonly Dictionary<SipFlow, IFlowProtection> _byFlow = [];

    public int Count => _byFlow.Count;

    public void Set(SipFlow flow, IFlowProtection? protection)
    {
        if (protection is not null)
        {
            _byFlow[flow] = protection;
        }
        else
        {
            _byFlow.Remove(flow);
        }
    }

    /// <summary>Signs a message that is about to go out, once: repeated, it goes out with the same bytes.</summary>
    public void Protect(SipFlow flow, SipMessage message)
    {
        if (_byFlow.Count > 0 && message.ProtectedOn != flow && _byFlow.TryGetValue(flow, out var protection))
        {
            protection.Protect(message);
            if (message.ProtectedOn != flow)
            {
                message.ProtectedOn = flow;
            }
        }
    }

    public FlowVerdict Verify(SipFlow flow, SipMessage message) =>
        _byFlow.TryGetValue(flow, out var protection) ? protection.Verify(message) : FlowVerdict.Accept;
}
