namespace UcSdk.Documents;

/// <summary>What is wrong with an instant message that was read all the same.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="MediaType">The part, without parameters.</param>
/// <param name="Detail">The name of the charset, of the encoding or of the limit.</param>
public sealed record MessageDefect(MessageDefectKind Kind, string MediaType, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{MediaType}: {Kind} ({Detail})";
}
