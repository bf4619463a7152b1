namespace UcSdk.Tests;

/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Trigger">What the documentation names as the cause.</param>
/// <param name="NotBuilt">Why it is not in our table; null when it is.</param>
internal sealed record PublishedTransition(string From, string To, string Trigger, string? NotBuilt = null);
