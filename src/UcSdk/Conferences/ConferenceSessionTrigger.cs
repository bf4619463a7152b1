namespace UcSdk;

/// <summary>What moves a <see cref="ConferenceSession"/>.</summary>
internal enum ConferenceSessionTrigger
{
    Join,
    JoinComplete,
    JoinFail,
    Leave,
    EndConference,
    Eject,
    EndByFocus,
    LoseConnection,
    AbandonJoin,
    AbandonComplete,
    DisconnectComplete,
}
