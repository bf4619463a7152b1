namespace UcSdk.Simulation.Tests;

/// <summary>People who talk with each other all day; the first of them is the host.</summary>
internal sealed class Talk(TalkKind kind, IReadOnlyList<Talker> members, bool beginsTogether)
{
    public TalkKind Kind { get; } = kind;

    public IReadOnlyList<Talker> Members { get; } = members;

    /// <summary>Whether all write for the first time at the same moment.</summary>
    public bool BeginsTogether => beginsTogether;

    public Talker Host => Members[0];

    /// <summary>Where the meeting is, which people tell each other by other means; null while there is none.</summary>
    public string? ConferenceUri { get; set; }
}
