namespace UcSdk.Tests;

/// <summary>Tests beside which no other runs: they measure what the whole process holds.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
