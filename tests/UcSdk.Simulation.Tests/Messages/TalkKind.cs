namespace UcSdk.Simulation.Tests;

/// <summary>How people come to talk with each other.</summary>
internal enum TalkKind
{
    /// <summary>Two, with a session between their clients.</summary>
    Pair,

    /// <summary>A meeting that its host makes and invites to.</summary>
    Meeting,

    /// <summary>Two, of whom the host adds the others.</summary>
    Escalated,
}
