namespace UcSdk.Simulation.Tests;

/// <summary>Something that befell a host: it may excuse that two sides of a call do not tell the same story.</summary>
/// <param name="Host">The name of the host.</param>
/// <param name="Kind">cut, silence or restart.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it was over.</param>
internal sealed record CallFault(string Host, string Kind, TimeSpan From, TimeSpan To);
