namespace UcSdk.Media;

/// <summary>Which way media flows, seen from the side whose description says so (RFC 3264 §5.1).</summary>
[Flags]
public enum MediaDirection
{
    /// <summary>Neither way; RTCP still flows. Lync's hold.</summary>
    Inactive = 0,

    /// <summary>Only from this side.</summary>
    SendOnly = 1,

    /// <summary>Only to this side.</summary>
    ReceiveOnly = 2,

    /// <summary>Both ways; what holds when nothing is said.</summary>
    SendReceive = SendOnly | ReceiveOnly,
}
