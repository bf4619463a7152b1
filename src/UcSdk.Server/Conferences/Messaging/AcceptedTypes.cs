using UcSdk.Media;

namespace UcSdk.Server;

/// <summary>The content types that a participant takes: <c>a=accept-types</c> of its last offer, written as in RFC 4975 §8.6; where there is no such line it takes all.</summary>
internal sealed class AcceptedTypes
{
    private readonly HashSet<string> _names;

    private AcceptedTypes(IEnumerable<string> names) => _names = [.. names];

    public static AcceptedTypes Of(MediaDescription media) => Of(media.FindAttribute("accept-types") ?? "*");

    public static AcceptedTypes Of(string list) => new(list.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => name.ToLowerInvariant()));

    /// <summary>Whether it names a type in so many words, which says that it knows it.</summary>
    /// <param name="mediaType">Type and subtype, in lower case.</param>
    public bool Name(string mediaType) => _names.Contains(mediaType);

    /// <summary>Whether it takes a type.</summary>
    /// <param name="mediaType">Type and subtype, in lower case.</param>
    public bool Include(string mediaType) =>
        _names.Contains(mediaType) || _names.Contains("*") || _names.Contains(mediaType[..(mediaType.IndexOf('/', StringComparison.Ordinal) + 1)] + "*");
}
