namespace UcSdk.Documents;

/// <summary>What became of the subscription to one resource (RFC 4662 §5.4, attribute <c>instance/@state</c>).</summary>
public static class ResourceInstanceStates
{
    /// <summary>It goes on, and its state comes with the notification.</summary>
    public const string Active = "active";

    /// <summary>It is not decided yet.</summary>
    public const string Pending = "pending";

    /// <summary>It has ended.</summary>
    public const string Terminated = "terminated";

    /// <summary>It must be made by itself, at the pool that is said or, if none is, at the resource ([MS-PRES] §3.4.5.1.3).</summary>
    public const string Resubscribe = "resubscribe";
}
