namespace UcSdk.Simulation.Tests;

/// <summary>People who talk with each other all day; the first of them is the host.</summary>
internal sealed class Talk(TalkKind kind, IReadOnlyList<Talker> members)
{
    public TalkKind Kind { get; } = kind;

    public IReadOnlyList<Talker> Members { get; } = members;

    public Talker Host => Members[0];

    /// <summary>Where the meeting is, which people tell each other by other means; null while there is none.</summary>
    public string? ConferenceUri { get; set; }
}
