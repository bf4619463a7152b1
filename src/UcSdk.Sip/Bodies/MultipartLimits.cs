using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>What is accepted of a multipart body. One past a limit, the body cannot be read.</summary>
public sealed record MultipartLimits
{
    /// <summary>The defaults, generous for real peers.</summary>
    public static MultipartLimits Default { get; } = new();

    /// <summary>Parts in one multipart; default 64.</summary>
    public int MaxParts { get; init; } = 64;

    /// <summary>Multiparts within one another, the outermost counted; default 4.</summary>
    public int MaxDepth { get; init; } = 4;

    /// <summary>The headers of one part, in bytes; default 8 KiB.</summary>
    public int MaxPartHeaderBytes { get; init; } = 8 * 1024;

    /// <summary>The content of one part, in bytes; default 1 MiB.</summary>
    public int MaxPartBytes { get; init; } = 1024 * 1024;

    internal Limit Parts => new(nameof(MaxParts), MaxParts);

    internal Limit Depth => new(nameof(MaxDepth), MaxDepth);

    internal Limit PartHeaderBytes => new(nameof(MaxPartHeaderBytes), MaxPartHeaderBytes);

    internal Limit PartBytes => new(nameof(MaxPartBytes), MaxPartBytes);
}
