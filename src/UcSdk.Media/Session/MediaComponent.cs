namespace UcSdk.Media;

/// <summary>Which of the two flows of an RTP session (RFC 3550 §11; component numbers as in RFC 8445 §5.1.1.1).</summary>
public enum MediaComponent
{
    /// <summary>The media packets.</summary>
    Rtp = 1,

    /// <summary>The control packets.</summary>
    Rtcp = 2,
}
