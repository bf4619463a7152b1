namespace UcSdk.Sip;

/// <summary>Why a flow is no more.</summary>
public enum SipFlowEnd
{
    /// <summary>Our side closed it.</summary>
    ClosedLocally,

    /// <summary>The peer closed it in order.</summary>
    ClosedByPeer,

    /// <summary>The network lost it: reset, unreachable, timed out.</summary>
    ConnectionLost,

    /// <summary>The peer sent bytes that cannot be framed as SIP, or more than the limits allow.</summary>
    ProtocolViolation,

    /// <summary>The peer did not read what was sent to it.</summary>
    SlowReader,

    /// <summary>Nothing was said on it for longer than the options allow.</summary>
    Idle,

    /// <summary>It gave way because there were as many flows as the options allow.</summary>
    LimitReached,
}
