namespace UcSdk.Documents;

/// <summary>The kinds of <see cref="HtmlToken"/>.</summary>
internal enum HtmlTokenKind
{
    /// <summary>Text between tags.</summary>
    Text,

    /// <summary>A start tag.</summary>
    Start,

    /// <summary>An end tag.</summary>
    End,
}
