namespace UcSdk;

/// <summary>Whether a contact has an account on a system of unified communications; the numbers are those of the Lync SDK.</summary>
public enum UnifiedCommunicationType
{
    /// <summary>It is not known.</summary>
    Unknown = 0,

    /// <summary>It has one.</summary>
    Enabled = 1,

    /// <summary>It has none.</summary>
    NotEnabled = 2,
}
