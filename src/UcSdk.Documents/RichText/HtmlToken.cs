namespace UcSdk.Documents;

/// <summary>What <see cref="HtmlTokenizer"/> finds: text as it stands in the source, or a tag.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Text">The text, its character references not yet decoded, or the name of the tag in lower case.</param>
internal readonly record struct HtmlToken(HtmlTokenKind Kind, string Text)
{
    /// <summary>The attributes of a start tag, their names in lower case and their values decoded; of two of one name the first.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];

    public string? this[string name]
    {
        get
        {
            foreach (var (known, value) in Attributes)
            {
                if (known == name)
                {
                    return value;
                }
            }

            return null;
        }
    }
}
