namespace UcSdk.Media;

/// <summary>Where and why a WAV file could not be read.</summary>
/// <param name="Offset">Offset in bytes from its start.</param>
/// <param name="Expected">What was wanted there.</param>
/// <param name="Rule">The part of the format, or the name of the limit that was exceeded.</param>
public readonly record struct WavError(int Offset, string Expected, string Rule)
{
    /// <inheritdoc/>
    public override string ToString() => Expected is null ? "no error" : $"offset {Offset}: expected {Expected} ({Rule})";
}
