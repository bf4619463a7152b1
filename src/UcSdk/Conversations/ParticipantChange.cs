namespace UcSdk;

/// <summary>Something about a participant changed.</summary>
/// <param name="Previous">The participant as it was.</param>
/// <param name="Current">The participant as it is.</param>
public sealed record ParticipantChange(ParticipantSnapshot Previous, ParticipantSnapshot Current);
