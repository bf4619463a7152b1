using UcSdk.Sip;

namespace UcSdk;

/// <summary>One way by which messages reach the other side: a session, or page mode. On the loop only.</summary>
internal interface IMessageLeg
{
    /// <summary>True while something can be sent on it.</summary>
    bool IsReady { get; }

    /// <summary>True where an answer says that a session is gone, and another one may work.</summary>
    bool IsSession { get; }

    /// <summary>How many messages may be on their way at once without losing their order.</summary>
    int Window { get; }

    /// <summary>What the other side can show.</summary>
    InstantMessageCapabilities Capabilities { get; }

    /// <summary>Sends a message and waits for the final answer, whatever it is.</summary>
    /// <exception cref="SipException">No answer comes.</exception>
    Task<SipResponse> SendAsync(MessageBody body);

    /// <summary>Tells the other side that the user types, or no longer does.</summary>
    /// <exception cref="SipException">No answer comes.</exception>
    Task<SipResponse> SendComposingAsync(bool isComposing);

    /// <summary>Ends it; with BYE where asked for. A second call gives the same task.</summary>
    Task CloseAsync(bool sayGoodbye);
}
