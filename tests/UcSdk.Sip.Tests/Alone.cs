namespace UcSdk.Sip.Tests;

/// <summary>The tests that run one after another when all others are done.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
