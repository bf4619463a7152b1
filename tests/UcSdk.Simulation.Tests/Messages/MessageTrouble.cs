namespace UcSdk.Simulation.Tests;

/// <summary>A connection that broke or was silent.</summary>
/// <param name="Who">Whose.</param>
/// <param name="What">What happened.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when.</param>
internal sealed record MessageTrouble(string Who, string What, TimeSpan From, TimeSpan To);
