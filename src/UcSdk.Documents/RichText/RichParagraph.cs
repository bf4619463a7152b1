namespace UcSdk.Documents;

/// <summary>A paragraph of rich text; one without runs is an empty line.</summary>
/// <param name="Runs">What it says.</param>
public sealed record RichParagraph(ValueList<RichRun> Runs)
{
    /// <summary>Whether it goes from right to left.</summary>
    public bool RightToLeft { get; init; }

    /// <summary>How many runs there are; never what they say.</summary>
    public override string ToString() => $"paragraph of {Runs.Count} runs";
}
