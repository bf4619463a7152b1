namespace UcSdk;

/// <summary>The server told other settings than before.</summary>
/// <param name="Previous">The settings before.</param>
/// <param name="Current">The settings now.</param>
/// <param name="Groups">The names of the groups that came, went or have other settings, and <see cref="ClientSettingsSnapshot.DialPlanName"/> for another dial plan.</param>
/// <param name="When">The wall clock.</param>
public sealed record ClientSettingsChange(ClientSettingsSnapshot Previous, ClientSettingsSnapshot Current, IReadOnlyList<string> Groups, DateTimeOffset When)
{
    /// <summary>The names of what changed; never the settings.</summary>
    public override string ToString() => string.Join(", ", Groups);
}
