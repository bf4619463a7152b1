namespace UcSdk;

/// <summary>Which photo of a user others see.</summary>
public enum PhotoSetting
{
    /// <summary>The one that the directory has.</summary>
    Display = 0,

    /// <summary>None.</summary>
    DoNotDisplay = 1,

    /// <summary>What the server's policy says.</summary>
    Default = 2,
}
