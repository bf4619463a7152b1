namespace UcSdk;

/// <summary>What is done about a conference, stage by stage. A join goes from <see cref="Focus"/> to <see cref="Media"/>.</summary>
public enum ConferenceStage
{
    /// <summary>Making it, at the organizer's focus factory ([MS-CONFPRO] §2.2.3).</summary>
    Scheduling,

    /// <summary>Entering it, at its focus ([MS-CONFBAS] §2.2.3.3).</summary>
    Focus,

    /// <summary>Learning who is there (RFC 4575).</summary>
    Roster,

    /// <summary>Dialling its A/V server; the roster is learnt at the same time.</summary>
    AudioVideo,

    /// <summary>Hearing the first packet.</summary>
    Media,

    /// <summary>A command to the focus.</summary>
    Command,

    /// <summary>Dialling its IM MCU ([MS-CONFIM] §3); the roster is learnt at the same time.</summary>
    InstantMessages,
}
