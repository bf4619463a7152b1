namespace UcSdk.Sip;

/// <summary>What <see cref="MessageFramer"/> found at the front of a stream.</summary>
internal enum FrameKind
{
    /// <summary>Nothing complete yet; more bytes are needed.</summary>
    Incomplete,

    /// <summary>One whole message.</summary>
    Message,

    /// <summary>A double CRLF between messages: a keep-alive ping that wants a CRLF back (RFC 5626 §3.5.1, [MS-CONMGMT]).</summary>
    Ping,

    /// <summary>A single CRLF between messages where one was awaited: the answer to our ping.</summary>
    Pong,

    /// <summary>The stream cannot be followed any further and must be closed.</summary>
    Broken,
}
