namespace UcSdk.Media;

/// <summary>Where and why a session description could not be read.</summary>
/// <param name="Offset">Offset in characters from its start.</param>
/// <param name="Expected">What the grammar wanted there.</param>
/// <param name="Rule">The rule, e.g. <c>RFC 4566 §5.14 m=</c>, or the name of the limit that was exceeded.</param>
public readonly record struct SdpError(int Offset, string Expected, string Rule)
{
    /// <inheritdoc/>
    public override string ToString() => Expected is null ? "no error" : $"offset {Offset}: expected {Expected} ({Rule})";
}
