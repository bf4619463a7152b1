namespace UcSdk.Sip;

/// <summary>What the core has noticed about a peer.</summary>
internal enum SipDiagnostic
{
    /// <summary>Bytes that are no SIP message; a stream that carried them is closed.</summary>
    UnreadableMessage,

    /// <summary>A request that lacks what every element needs; answered with 400.</summary>
    MalformedRequest,

    /// <summary>A response that lacks what matching needs; dropped.</summary>
    MalformedResponse,

    /// <summary>A response that belongs to no transaction; dropped.</summary>
    StrayResponse,

    /// <summary>An ACK, BENOTIFY or other request without answer that belongs to nothing; dropped.</summary>
    StrayRequest,

    /// <summary>A notification that came twice or out of order; dropped.</summary>
    StaleNotification,

    /// <summary>A message for a flow that is gone; dropped.</summary>
    UndeliverableMessage,

    /// <summary>A server accepted our credentials with a wrong proof of its own (rspauth); they are forgotten.</summary>
    UnprovenServer,

    /// <summary>A scheme of authentication has failed, and the next, if any, is tried.</summary>
    SchemeFailed,

    /// <summary>A limit of <see cref="OverloadOptions"/> is passed, and new requests get 503; or all is well again.</summary>
    Overload,

    /// <summary>A message whose signature is missing or wrong; dropped, or refused.</summary>
    UnverifiedMessage,
}
