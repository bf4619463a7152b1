namespace UcSdk;

/// <summary>The rules for the user's calls changed.</summary>
/// <param name="Previous">As they were.</param>
/// <param name="Current">As they are.</param>
/// <param name="When">The wall clock.</param>
public sealed record CallForwardingChange(CallForwardingSettings Previous, CallForwardingSettings Current, DateTimeOffset When)
{
    /// <summary>Both; never whom.</summary>
    public override string ToString() => $"{Previous} → {Current}";
}
