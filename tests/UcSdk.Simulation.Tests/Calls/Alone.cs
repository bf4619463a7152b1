namespace UcSdk.Simulation.Tests;

/// <summary>Tests beside which no other runs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
