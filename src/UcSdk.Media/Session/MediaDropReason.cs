namespace UcSdk.Media;

/// <summary>Why a received packet, or its audio, was not used.</summary>
public enum MediaDropReason
{
    /// <summary>It came before offer and answer were agreed.</summary>
    NotNegotiated,

    /// <summary>It is not a well-formed RTP or RTCP packet.</summary>
    Malformed,

    /// <summary>Its authentication tag is wrong or missing: another key, changed on the way, or not encrypted (RFC 3711 §3.3).</summary>
    AuthenticationFailed,

    /// <summary>It was received before, or it is too old to know (RFC 3711 §3.3.2).</summary>
    Replayed,

    /// <summary>More sources than one session follows.</summary>
    TooManySources,

    /// <summary>Its SSRC is outside the range that the peer announced ([MS-SDPEXT] §3.1.5.31).</summary>
    SourceOutOfRange,

    /// <summary>The first packet of another source: the second shows that the peer means it ([MS-RTP] §3.1.5).</summary>
    SourceOnProbation,

    /// <summary>Its source has said BYE.</summary>
    SourceHasLeft,

    /// <summary>Its payload type was not agreed, or its payload is not what the codec writes.</summary>
    UnknownPayload,

    /// <summary>It repeats a packet that waits to be played.</summary>
    Duplicate,

    /// <summary>Its time to be played has passed.</summary>
    Late,

    /// <summary>Its time to be played lies further ahead than the buffer holds.</summary>
    Early,
}
