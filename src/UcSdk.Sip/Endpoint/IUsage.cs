namespace UcSdk.Sip;

/// <summary>What a dialog or binding is for: alive from its first message to its last, on a flow.</summary>
internal interface IUsage
{
    SipFlow Flow { get; }

    /// <summary>The flow is gone; nothing can be said on it any more.</summary>
    void FlowClosed();

    /// <summary>The endpoint is disposed: whoever awaits something learns it, and nothing goes onto the wire.</summary>
    void Abandon();
}
