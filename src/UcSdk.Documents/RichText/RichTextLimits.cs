using UcSdk.Core;

namespace UcSdk.Documents;

/// <summary>What rich text may cost its reader. Each limit is inclusive; one past it, the text is refused with an error that names the limit.</summary>
public sealed record RichTextLimits
{
    /// <summary>The limits that readers use when none are given.</summary>
    public static readonly RichTextLimits Default = new();

    /// <summary>Characters of the source, markup included; default 256 Ki.</summary>
    public int MaxSourceLength { get; init; } = 256 * 1024;

    /// <summary>Characters of the text that is read; default 65 536.</summary>
    public int MaxTextLength { get; init; } = 64 * 1024;

    /// <summary>Paragraphs and pieces of one look, taken together; default 10 000.</summary>
    public int MaxRuns { get; init; } = 10_000;

    /// <summary>Elements of HTML, or groups of RTF, inside each other; default 100.</summary>
    public int MaxDepth { get; init; } = 100;

    internal static readonly RichTextLimits None = new() { MaxSourceLength = int.MaxValue, MaxTextLength = int.MaxValue, MaxRuns = int.MaxValue, MaxDepth = int.MaxValue };

    internal Limit SourceLength => new(nameof(MaxSourceLength), MaxSourceLength);

    internal Limit TextLength => new(nameof(MaxTextLength), MaxTextLength);

    internal Limit Runs => new(nameof(MaxRuns), MaxRuns);

    internal Limit Depth => new(nameof(MaxDepth), MaxDepth);
}
