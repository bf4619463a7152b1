namespace UcSdk.Sip;

/// <summary>What becomes of a message that was verified.</summary>
internal enum FlowVerdictKind
{
    /// <summary>It goes on to the transactions.</summary>
    Accept,

    /// <summary>It is forgotten, as if it had never come.</summary>
    Drop,

    /// <summary>It is answered and forgotten.</summary>
    Refuse,

    /// <summary>The same, as part of a handshake: nobody has done anything wrong.</summary>
    Answer,
}
