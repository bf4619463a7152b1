namespace UcSdk;

/// <summary>A stage of a join has begun or is done.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="IsCompleted">False when it begins, true when it is done.</param>
/// <param name="RoundTrips">
/// How many exchanges with the server lie on the longest chain from the start of the join to here. Stages that run side by side count once:
/// the roster and the A/V server both end after 2, the first packet after 3.
/// </param>
/// <param name="Elapsed">How long the join has taken so far.</param>
public sealed record JoinProgress(ConferenceStage Stage, bool IsCompleted, int RoundTrips, TimeSpan Elapsed);
