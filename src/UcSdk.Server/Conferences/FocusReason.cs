namespace UcSdk.Server;

/// <summary>Why a focus moved.</summary>
internal enum FocusReason
{
    /// <summary>A user joined an empty conference.</summary>
    Activated,

    /// <summary>The last user left; the conference can be joined again.</summary>
    Deactivated,

    /// <summary>A presenter or the organizer ended it, or it expired.</summary>
    Deleted,
}
