using UcSdk.Core;

namespace UcSdk.Documents;

/// <summary>What a document may cost its reader. Each limit is inclusive; one past it, the document is refused with an error that names the limit.</summary>
public sealed record DocumentLimits
{
    /// <summary>The limits that readers use when none are given.</summary>
    public static readonly DocumentLimits Default = new();

    /// <summary>Bytes of the whole body; default 1 MiB.</summary>
    public int MaxBytes { get; init; } = 1024 * 1024;

    /// <summary>Elements inside each other, the root being the first; default 32.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Elements of the whole document; default 20 000.</summary>
    public int MaxElements { get; init; } = 20_000;

    /// <summary>Attributes of one element, namespace declarations included; default 64.</summary>
    public int MaxAttributes { get; init; } = 64;

    /// <summary>Characters of one attribute value or of the text of one element; default 65 536.</summary>
    public int MaxTextLength { get; init; } = 64 * 1024;

    internal Limit Bytes => new(nameof(MaxBytes), MaxBytes);

    internal Limit Depth => new(nameof(MaxDepth), MaxDepth);

    internal Limit Elements => new(nameof(MaxElements), MaxElements);

    internal Limit Attributes => new(nameof(MaxAttributes), MaxAttributes);

    internal Limit TextLength => new(nameof(MaxTextLength), MaxTextLength);
}
