namespace UcSdk.Server;

/// <summary>Whether a conference runs.</summary>
internal enum FocusState
{
    /// <summary>It exists and nobody is in it.</summary>
    Inactive,

    /// <summary>Somebody is in it.</summary>
    Active,

    /// <summary>It exists no more. Final.</summary>
    Deleted,
}
