namespace UcSdk.Simulation.Tests;

/// <summary>What a day of instant messages is like.</summary>
internal sealed record MessagePlan
{
    /// <summary>How many conversations there are between two.</summary>
    public required int Pairs { get; init; }

    /// <summary>How many people are in each meeting that is made as one.</summary>
    public required IReadOnlyList<int> Meetings { get; init; }

    /// <summary>How many people are in the end in each conversation that begins between two.</summary>
    public required IReadOnlyList<int> Escalations { get; init; }

    /// <summary>How many others, with plain SIP clients, write to somebody of a pair.</summary>
    public required int PlainClients { get; init; }

    /// <summary>How often each person writes; each time one to three messages at once.</summary>
    public required int Turns { get; init; }

    /// <summary>How often the connection of somebody breaks, is silent for a while, or is silent and then breaks.</summary>
    public required int Faults { get; init; }

    /// <summary>How long the day is; in its middle the server is restarted.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether everything that is sent is kept.</summary>
    public bool KeepsTranscript { get; init; }
}
