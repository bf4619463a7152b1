namespace UcSdk.Documents;

/// <summary>The direction of a medium as the endpoint sees it (RFC 4575 §5.8.5, element <c>media/status</c>).</summary>
public static class MediaStatuses
{
    /// <summary>It sends and receives.</summary>
    public const string SendReceive = "sendrecv";

    /// <summary>It only sends.</summary>
    public const string SendOnly = "sendonly";

    /// <summary>It only receives.</summary>
    public const string ReceiveOnly = "recvonly";

    /// <summary>Neither.</summary>
    public const string Inactive = "inactive";
}
