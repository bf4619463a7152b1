namespace UcSdk;

/// <summary>An action became possible or impossible.</summary>
/// <typeparam name="TAction">The actions of the object.</typeparam>
/// <param name="Action">The action.</param>
/// <param name="IsAvailable">Whether it can be invoked now.</param>
public sealed record ActionAvailability<TAction>(TAction Action, bool IsAvailable)
    where TAction : struct, Enum;
