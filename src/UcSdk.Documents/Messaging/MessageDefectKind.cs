namespace UcSdk.Documents;

/// <summary>What can be wrong with an instant message that is read all the same.</summary>
public enum MessageDefectKind
{
    /// <summary>Bytes that are none of the charset became U+FFFD.</summary>
    BadEncoding,

    /// <summary>The charset is not known; the bytes were taken for UTF-8.</summary>
    UnknownCharset,

    /// <summary>The transfer encoding is broken; what could be read of it was.</summary>
    BadTransferEncoding,

    /// <summary>The part, or what came behind it, exceeds a limit and was left out.</summary>
    TooLarge,
}
