namespace UcSdk;

/// <summary>A group has another name.</summary>
/// <param name="Previous">The name before.</param>
/// <param name="Current">The name now.</param>
public sealed record GroupNameChange(string Previous, string Current);
