namespace ConferenceJoin;

/// <summary>The eight things that must hold, in order; the number is what a failure names.</summary>
internal enum MeetingStage
{
    /// <summary>The embedded server listens.</summary>
    StartServer = 1,

    /// <summary>Everybody is registered and provisioned.</summary>
    SignIn,

    /// <summary>alice has created the conference and joined it with audio.</summary>
    CreateConference,

    /// <summary>alice's invitations are delivered and accepted (dialog 1).</summary>
    Invite,

    /// <summary>The invited have joined the focus (dialog 2).</summary>
    JoinFocus,

    /// <summary>The invited have joined the A/V MCU (dialog 3).</summary>
    JoinAudio,

    /// <summary>alice speaks, then bob; everybody hears what he should and not himself.</summary>
    Speak,

    /// <summary>Everybody has left and signed out; nothing is open.</summary>
    Leave,
}
