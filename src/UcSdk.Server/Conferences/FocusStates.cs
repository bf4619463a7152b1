using UcSdk.Core;

namespace UcSdk.Server;

/// <summary>The life of a conference as its focus sees it.</summary>
internal static class FocusStates
{
    public static readonly StateTable<FocusState, FocusTrigger, FocusReason> Table = new("Focus", FocusState.Inactive)
    {
        { FocusState.Inactive, FocusTrigger.FirstUserJoined, FocusState.Active, FocusReason.Activated, "[MS-CONFBAS] §3.3: a user joins" },
        { FocusState.Active, FocusTrigger.LastUserLeft, FocusState.Inactive, FocusReason.Deactivated, "[MS-CONFBAS] §3.3: the last user leaves" },
        { FocusState.Inactive, FocusTrigger.Delete, FocusState.Deleted, FocusReason.Deleted, "[MS-CONFPRO] §3.2: deleteConference" },
        { FocusState.Active, FocusTrigger.Delete, FocusState.Deleted, FocusReason.Deleted, "[MS-CONFBAS] §3.3: deleteConference" },
    };
}
