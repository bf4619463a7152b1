using UcSdk.Core;

namespace UcSdk.Documents;

/// <summary>What an instant message may cost its reader. Each limit is inclusive; what is past it is left out, and <see cref="MessageContent.Defects"/> say so.</summary>
public sealed record MessageLimits
{
    /// <summary>The limits that readers use when none are given.</summary>
    public static readonly MessageLimits Default = new();

    /// <summary>Parts of one message; default 16.</summary>
    public int MaxParts { get; init; } = 16;

    /// <summary>Bytes of one part, before and after its transfer encoding is taken off; default 256 KiB.</summary>
    public int MaxPartBytes { get; init; } = 256 * 1024;

    internal Limit Parts => new(nameof(MaxParts), MaxParts);

    internal Limit PartBytes => new(nameof(MaxPartBytes), MaxPartBytes);
}
