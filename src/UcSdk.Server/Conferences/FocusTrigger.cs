namespace UcSdk.Server;

/// <summary>What moves a focus.</summary>
internal enum FocusTrigger
{
    FirstUserJoined,
    LastUserLeft,
    Delete,
}
