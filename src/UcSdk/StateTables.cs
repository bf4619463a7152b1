using UcSdk.Core;

namespace UcSdk;

/// <summary>Every state table of the object model: what the diagrams, the comparison with the published transitions and the coverage read.</summary>
internal static class StateTables
{
    public static readonly IReadOnlyList<IStateTable> All =
    [
        ClientStates.Table,
        ConversationStates.Table,
        AVModalityStates.Table,
        InstantMessageModalityStates.Table,
        ConferenceSessionStates.Table,
        ConferenceInvitationStates.Table,
        ContactListStates.Table,
        ContactPresenceStates.Table,
    ];
}
