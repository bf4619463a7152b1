namespace UcSdk.Sip;

/// <summary>Where a field stands in a message.</summary>
/// <param name="Id">The number of its name, 0 for one that is not known.</param>
/// <param name="Start">Where its value begins; without a known name, its line.</param>
/// <param name="Length">How long it is.</param>
/// <param name="IsFolded">True when it stands on several lines.</param>
internal readonly record struct HeaderRange(byte Id, int Start, int Length, bool IsFolded);
