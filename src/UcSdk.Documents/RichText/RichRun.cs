namespace UcSdk.Documents;

/// <summary>Text of one look.</summary>
/// <param name="Text">The text; <c>\n</c> breaks a line within the paragraph, <c>\t</c> is a tab.</param>
public sealed record RichRun(string Text)
{
    /// <summary>How it looks.</summary>
    public TextStyle Style { get; init; } = TextStyle.Plain;

    /// <summary>Where it leads, an absolute URI of one of <see cref="SafeLink.Schemes"/>; null for nowhere. Other links are left out when it is written.</summary>
    public string? Link { get; init; }

    /// <summary>How long it is; never the text.</summary>
    public override string ToString() => $"run of {Text.Length}";
}
