namespace UcSdk.Server;

/// <summary>Why the focus ends a dialog.</summary>
internal enum FocusDialogEnd
{
    /// <summary>The same endpoint joined again.</summary>
    Replaced,

    /// <summary>A presenter removed the user.</summary>
    Ejected,

    /// <summary>The conference was deleted.</summary>
    ConferenceDeleted,

    /// <summary>The endpoint is no longer registered.</summary>
    EndpointGone,
}
