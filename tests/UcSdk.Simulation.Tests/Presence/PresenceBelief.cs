namespace UcSdk.Simulation.Tests;

/// <summary>What somebody knows of a contact.</summary>
/// <param name="Availability">As published; null when nothing was told.</param>
/// <param name="Note">The words; null for none.</param>
internal readonly record struct PresenceBelief(uint? Availability, string? Note);
