namespace UcSdk.Sip;

/// <summary>What a server thinks of a nonce.</summary>
internal enum NonceState
{
    /// <summary>Not one of ours, or of another process of ours.</summary>
    Foreign,

    /// <summary>Ours, and past its time.</summary>
    Expired,

    /// <summary>Ours, and soon past its time: the client is told the next.</summary>
    Aging,

    /// <summary>Ours and good.</summary>
    Fresh,
}
