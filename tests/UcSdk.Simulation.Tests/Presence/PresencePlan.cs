namespace UcSdk.Simulation.Tests;

/// <summary>What a day of presence is like, and what may be wrong with its people, so that the rules can be seen to find it.</summary>
internal sealed record PresencePlan
{
    /// <summary>How many people there are.</summary>
    public required int People { get; init; }

    /// <summary>How many of the others each watches.</summary>
    public required int Contacts { get; init; }

    /// <summary>How many things each does.</summary>
    public required int Actions { get; init; }

    /// <summary>How often somebody's connection breaks, or is silent for a while.</summary>
    public required int Faults { get; init; }

    /// <summary>How long the day is.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Of so many notifications one is not looked at; 0 for none.</summary>
    public int Overlooks { get; init; }

    /// <summary>Whether people forget to tell the server whom they have moved.</summary>
    public bool MovesInSilence { get; init; }
}
