namespace UcSdk.Media;

/// <summary>The four direction attributes as text, and their meaning for the other side.</summary>
internal static class MediaDirectionText
{
    public static bool TryParse(string attribute, out MediaDirection direction)
    {
        (var known, direction) = attribute switch
        {
            "sendrecv" => (true, MediaDirection.SendReceive),
            "sendonly" => (true, MediaDirection.SendOnly),
            "recvonly" => (true, MediaDirection.ReceiveOnly),
            "inactive" => (true, MediaDirection.Inactive),
            _ => (false, default),
        };
        return known;
    }

    public static string ToAttribute(this MediaDirection direction) => direction switch
    {
        MediaDirection.SendReceive => "sendrecv",
        MediaDirection.SendOnly => "sendonly",
        MediaDirection.ReceiveOnly => "recvonly",
        _ => "inactive",
    };

    /// <summary>The same flow seen from the other side (RFC 3264 §6.1).</summary>
    public static MediaDirection Mirror(this MediaDirection direction) => direction switch
    {
        MediaDirection.SendOnly => MediaDirection.ReceiveOnly,
        MediaDirection.ReceiveOnly => MediaDirection.SendOnly,
        _ => direction,
    };
}
