namespace UcSdk;

/// <summary>What a user can be told of; the numbers are those of the Lync SDK.</summary>
[Flags]
public enum NotificationTypes
{
    /// <summary>It is not known.</summary>
    Unknown = 0,

    /// <summary>A call.</summary>
    Audio = 1,

    /// <summary>A call with video.</summary>
    Video = 2,

    /// <summary>An instant message.</summary>
    InstantMessage = 4,

    /// <summary>Something shared.</summary>
    Sharing = 8,

    /// <summary>A file.</summary>
    FileTransfer = 16,

    /// <summary>Everything.</summary>
    All = -1,
}
