namespace UcSdk;

/// <summary>A custom activity that users may choose.</summary>
/// <param name="Id">Its number among the activities of the client, 1 and above.</param>
/// <param name="Availability">How available who chooses it is.</param>
/// <param name="Activities">The words by language, a Windows locale identifier such as 1033; at least one.</param>
public sealed record CustomAvailabilityState(int Id, ContactAvailability Availability, IReadOnlyDictionary<int, string> Activities);
