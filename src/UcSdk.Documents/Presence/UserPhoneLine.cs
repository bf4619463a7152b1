namespace UcSdk.Documents;

/// <summary>A phone line of a user ([MS-PRES] §7.6, element <c>line</c>).</summary>
/// <param name="Type">How it is controlled: <c>Uc</c>, <c>Rcc</c>, <c>Dual</c>, <c>UcPrivate</c>.</param>
/// <param name="Uri">Its <c>tel:</c> URI.</param>
/// <param name="Server">The server that controls the desk phone; null when not said.</param>
public sealed record UserPhoneLine(string Type, string Uri, string? Server = null)
{
    /// <summary>How it is controlled; never the number.</summary>
    public override string ToString() => $"line {Type}";
}
