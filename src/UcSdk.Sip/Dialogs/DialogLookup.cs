namespace UcSdk.Sip;

/// <summary>A <see cref="DialogKey"/> that need not be made to be looked up.</summary>
/// <param name="callId">The Call-ID.</param>
/// <param name="localTag">The tag of our side; empty for none.</param>
/// <param name="remoteTag">The peer's likewise.</param>
internal readonly ref struct DialogLookup(ReadOnlySpan<char> callId, ReadOnlySpan<char> localTag, ReadOnlySpan<char> remoteTag)
{
    public ReadOnlySpan<char> CallId { get; } = callId;

    public ReadOnlySpan<char> LocalTag { get; } = localTag;

    public ReadOnlySpan<char> RemoteTag { get; } = remoteTag;
}
