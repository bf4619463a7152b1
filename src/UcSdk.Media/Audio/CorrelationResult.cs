namespace UcSdk.Media;

/// <summary>How alike two signals are at the lag where they are most alike.</summary>
/// <param name="Coefficient">−1…1: 1 for the same shape at any loudness, 0 for nothing in common or for silence.</param>
/// <param name="Lag">How many samples the second signal comes later than the first; negative when it comes earlier.</param>
public readonly record struct CorrelationResult(double Coefficient, int Lag);
