namespace UcSdk;

/// <summary>The user's own presence changed.</summary>
/// <param name="Previous">As it was.</param>
/// <param name="Current">As it is.</param>
/// <param name="When">The wall clock.</param>
public sealed record SelfPresenceChange(SelfPresence Previous, SelfPresence Current, DateTimeOffset When)
{
    /// <summary>Both availabilities; never words.</summary>
    public override string ToString() => $"{Previous.Availability} → {Current.Availability}";
}
