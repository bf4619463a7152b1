using UcSdk.Core;
using static UcSdk.ConversationState;
using Reason = UcSdk.ConversationStateChangeReason;
using Trigger = UcSdk.ConversationTrigger;

namespace UcSdk;

/// <summary>The life of a conversation, which follows that of its modalities.</summary>
internal static class ConversationStates
{
    public static readonly StateTable<ConversationState, Trigger, Reason> Table = new("Conversation", Inactive)
    {
        { Inactive, Trigger.ConnectModality, Active, Reason.ModalityConnected, "Lync SDK: a modality reaches Connected" },
        { Active, Trigger.DisconnectLastModality, Inactive, Reason.ModalitiesDisconnected, "Lync SDK: last modality disconnected, conversation still open" },
        { Inactive, Trigger.EndLocally, Terminated, Reason.EndedLocally, "Lync SDK: Conversation.End" },
        { Inactive, Trigger.EndRemotely, Terminated, Reason.EndedRemotely, "Lync SDK: conference ended, ejected" },
        { Inactive, Trigger.LoseConnection, Terminated, Reason.ConnectionLost, "Lync SDK: remote end of the last dialog" },
    };
}
