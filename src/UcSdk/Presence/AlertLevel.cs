namespace UcSdk;

/// <summary>How the user wants to be told of something (<see cref="Self.GetAlertLevel"/>).</summary>
/// <param name="NotificationEnabled">Whether the user is to be told at all.</param>
/// <param name="LevelOfPrivacy">How much of it may be seen by who looks at the screen: with <see cref="AlertPrivacyType.High"/> not who it is and what it says.</param>
/// <param name="AlertModes">In which ways; none where the user is not to be told.</param>
public sealed record AlertLevel(bool NotificationEnabled, AlertPrivacyType LevelOfPrivacy, AlertModeTypes AlertModes);
