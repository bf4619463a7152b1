namespace UcSdk.Simulation.Tests;

/// <summary>The world is not as it must be.</summary>
internal sealed class DisagreementException(string what) : Exception(what);
