namespace UcSdk.Documents;

/// <summary>An element of HTML that is open: what holds for its content.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Style">How its text looks.</param>
/// <param name="Link">Where its text leads; null for nowhere.</param>
internal readonly record struct HtmlScope(string Name, TextStyle Style, string? Link)
{
    public bool RightToLeft { get; init; }

    /// <summary>Whether its content falls away.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether blanks and line ends in it stand for themselves.</summary>
    public bool IsPreformatted { get; init; }
}
