namespace UcSdk;

/// <summary>The ways of telling a user something; the numbers are those of the Lync SDK.</summary>
[Flags]
public enum AlertModeTypes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>To be seen.</summary>
    Visual = 1,

    /// <summary>To be heard.</summary>
    Audio = 2,

    /// <summary>All.</summary>
    Any = -1,
}
