namespace UcSdk;

/// <summary>A setting of a contact has changed.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Value">Its value now; null when it is gone.</param>
public sealed record ContactSettingChange(Contact Contact, ContactSetting Setting, object? Value)
{
    /// <summary>The setting; never whose.</summary>
    public override string ToString() => $"{Setting}";
}
