namespace UcSdk.Sip;

/// <summary>
/// Signs and verifies the messages of one flow, between the transactions and the transport ([MS-SIPAE] §3.2.4). It runs on the endpoint's
/// loop and keeps no clock. A flow without one pays nothing.
/// </summary>
internal interface IFlowProtection
{
    /// <summary>
    /// The last to touch a message before it is written: it may add and change header fields. Called once for each message; what is
    /// repeated goes out with the same bytes.
    /// </summary>
    void Protect(SipMessage message);

    /// <summary>The first to see a message of the peer, before any transaction does.</summary>
    FlowVerdict Verify(SipMessage message);
}
