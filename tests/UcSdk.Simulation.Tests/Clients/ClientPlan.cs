namespace UcSdk.Simulation.Tests;

/// <summary>What a day of clients is like, and what may be wrong with its people, so that the rules can be seen to find it.</summary>
internal sealed record ClientPlan
{
    /// <summary>How many people there are; every third has two endpoints.</summary>
    public required int People { get; init; }

    /// <summary>How many contacts each begins with.</summary>
    public required int Contacts { get; init; }

    /// <summary>How many things each does about its presence, and each endpoint about the contact list.</summary>
    public required int Actions { get; init; }

    /// <summary>How often a connection breaks, or is silent for a while.</summary>
    public required int Faults { get; init; }

    /// <summary>How long the day is; in its middle the server is replaced.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Whether people forget to tell the server whom they have moved.</summary>
    public bool MovesInSilence { get; init; }

    /// <summary>Whether one endpoint hears nothing of what happens at the end.</summary>
    public ClientDeafness Deafness { get; init; }
}
