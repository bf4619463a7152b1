namespace UcSdk.Core;

/// <summary>Where and why bytes from the network could not be read: a value, never an exception.</summary>
/// <param name="Offset">Offset in bytes (or characters, for text readers) from the start of what was parsed.</param>
/// <param name="Expected">What the grammar wanted there.</param>
/// <param name="Rule">The rule, e.g. <c>RFC 3261 §25.1 Request-Line</c>.</param>
internal readonly record struct ParseError(int Offset, string Expected, string Rule)
{
    public bool IsNone => Expected is null;

    public override string ToString() => IsNone ? "no error" : $"offset {Offset}: expected {Expected} ({Rule})";
}
