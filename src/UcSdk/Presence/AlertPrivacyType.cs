namespace UcSdk;

/// <summary>How much of a notification others may see; the numbers are those of the Lync SDK.</summary>
public enum AlertPrivacyType
{
    /// <summary>All of it.</summary>
    Low = 20,

    /// <summary>What clients show otherwise.</summary>
    Neutral = 50,

    /// <summary>Neither who it is nor what it says.</summary>
    High = 80,
}
