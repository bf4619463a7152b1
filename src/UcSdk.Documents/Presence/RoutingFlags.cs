namespace UcSdk.Documents;

/// <summary>What is done with calls ([MS-SIPRE] §3.9, attribute <c>flags/@value</c>).</summary>
public static class RoutingFlags
{
    /// <summary>Calls of the container's members are refused.</summary>
    public const string Block = "block";

    /// <summary>The delegates ring too.</summary>
    public const string DelegateRing = "delegate_ring";

    /// <summary>Calls are forwarded to <see cref="RoutingLists.ForwardTo"/>, at once or when nobody answers; without it, to voice mail.</summary>
    public const string EnableForwarding = "enablecf";

    /// <summary>Audio calls by applications are forwarded too.</summary>
    public const string ForwardAudioApplications = "forward_audio_app_invites";

    /// <summary>Calls are forwarded at once.</summary>
    public const string ForwardImmediately = "forward_immediate";

    /// <summary>The user's own endpoints do not ring.</summary>
    public const string SkipPrimary = "skip_primary";

    /// <summary>The team rings too.</summary>
    public const string TeamRing = "team_ring";

    /// <summary>The targets of <see cref="RoutingLists.SimultaneousRing"/> ring too.</summary>
    public const string SimultaneousRing = "simultaneous_ring";

    /// <summary>All that is done only in working hours.</summary>
    public const string WorkHours = "work_hours";
}
