namespace UcSdk;

/// <summary>What moves a <see cref="Modality"/>.</summary>
internal enum ModalityTrigger
{
    Connect,
    Answer,
    HearMedia,
    Refuse,
    TimeOut,
    FailNegotiation,
    MissMedia,
    LoseMedia,
    Disconnect,
    CompleteDisconnect,
    DisconnectRemotely,
    EndConference,
    LoseConnection,
    ReceiveInvitation,
    Accept,
    Reject,
    Withdraw,
    AnswerElsewhere,
    UsePageMode,
}
