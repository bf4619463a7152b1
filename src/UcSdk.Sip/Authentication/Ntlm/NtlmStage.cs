namespace UcSdk.Sip;

/// <summary>How far a handshake has come, on either side.</summary>
internal enum NtlmStage
{
    /// <summary>Nothing was said.</summary>
    Beginning,

    /// <summary>The client waits for the challenge, the server for the answer to it.</summary>
    Waiting,

    /// <summary>There are keys.</summary>
    Established,

    /// <summary>Refused, or disposed.</summary>
    Over,
}
