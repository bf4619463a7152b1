namespace UcSdk.Server;

/// <summary>The body of one notification.</summary>
internal readonly record struct PresenceNotification(string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>A notification that tells nothing, because nothing was asked.</summary>
    public static readonly PresenceNotification Empty = new("", default);
}
