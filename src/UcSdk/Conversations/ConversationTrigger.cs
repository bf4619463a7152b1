namespace UcSdk;

/// <summary>What moves a <see cref="Conversation"/>.</summary>
internal enum ConversationTrigger
{
    ConnectModality,
    DisconnectLastModality,
    EndLocally,
    EndRemotely,
    LoseConnection,
}
