namespace UcSdk.Sip;

/// <summary>Waits for a flow that the edge finds or opens.</summary>
internal interface IFlowSeeker
{
    /// <summary>The flow that was asked for.</summary>
    /// <param name="flow">Null when the target cannot be reached.</param>
    /// <param name="servers">The servers that are left should it fail; null where a single target was named.</param>
    void Reached(SipFlow? flow, ServerSet? servers);
}
