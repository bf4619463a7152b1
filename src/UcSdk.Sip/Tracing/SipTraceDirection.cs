namespace UcSdk.Sip;

/// <summary>Which way a traced message went.</summary>
public enum SipTraceDirection
{
    /// <summary>Our side sent it.</summary>
    Sent,

    /// <summary>The peer sent it.</summary>
    Received,
}
