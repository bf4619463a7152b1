namespace UcSdk.Media;

/// <summary>Why an offer or an answer cannot be used. A callee refuses the call with 488, a caller ends it with BYE.</summary>
public enum MediaNegotiationFailure
{
    /// <summary>It has no audio, or the peer refused the audio (port 0).</summary>
    NoAudio,

    /// <summary>The two sides share no codec.</summary>
    NoCommonCodec,

    /// <summary>Encryption is required here and the peer gave no key.</summary>
    EncryptionRequired,

    /// <summary>The peer requires encryption and it is off here.</summary>
    EncryptionNotSupported,

    /// <summary>The peer gave keys, but none that can be used: another suite, Scale-SRTP only, an unknown tag or a malformed key.</summary>
    NoUsableKey,

    /// <summary>The address or port of the audio cannot be used (RFC 4566 §5.7, §5.14).</summary>
    UnusableAddress,

    /// <summary>The answer does not belong to the offer: another number of media lines, or another kind in the place of the audio (RFC 3264 §6).</summary>
    AnswerDoesNotMatch,
}
