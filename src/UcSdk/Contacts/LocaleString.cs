namespace UcSdk;

/// <summary>Words in a language.</summary>
/// <param name="LocaleId">The language, a Windows locale identifier such as 1033; 0 when it is not said.</param>
/// <param name="Value">The words.</param>
public readonly record struct LocaleString(int LocaleId, string Value)
{
    /// <summary>The language; never the words, which are user data.</summary>
    public override string ToString() => $"words in {LocaleId}";
}
