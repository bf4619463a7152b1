namespace UcSdk;

/// <summary>How urgent something is of which the user can be told; the numbers are those of the Lync SDK.</summary>
public enum NotificationUrgencyType
{
    /// <summary>It can wait.</summary>
    Low = 20,

    /// <summary>As most things.</summary>
    Neutral = 50,

    /// <summary>It cannot wait.</summary>
    High = 80,
}
