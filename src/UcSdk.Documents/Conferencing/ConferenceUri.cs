using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// The address of a part of a conference, e.g. <c>sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B</c>. It keeps the text
/// exactly as first given, because peers compare these URIs as strings; two are equal when their texts are, ignoring case.
/// </summary>
public sealed class ConferenceUri : IEquatable<ConferenceUri>
{
    private const string Opaque = ";opaque=app:conf:";
    private const string IdMark = ":id:";

    // Where the type stands in the text; deriving a sibling replaces just that.
    private readonly int _typeStart;

    private ConferenceUri(string text, int organizerEnd, int typeStart, int typeLength, string? id)
    {
        Text = text;
        Organizer = text[..organizerEnd];
        EntityType = text.Substring(typeStart, typeLength).ToLowerInvariant();
        Id = id;
        _typeStart = typeStart;
    }

    /// <summary>The URI, as first given, without link prefix and query.</summary>
    public string Text { get; }

    /// <summary>The URI of the organizer, e.g. <c>sip:alice@contoso.com</c>.</summary>
    public string Organizer { get; }

    /// <summary>Which part of the conference it is: one of <see cref="ConferenceEntityTypes"/>, or another name of a peer, in lower case.</summary>
    public string EntityType { get; }

    /// <summary>The conference id; null for the focus factory.</summary>
    public string? Id { get; }

    /// <summary>The focus factory of an organizer.</summary>
    /// <param name="organizer">The organizer's URI without parameters, e.g. <c>sip:alice@contoso.com</c>.</param>
    /// <exception cref="ArgumentException">The organizer is not a SIP URI without parameters.</exception>
    public static ConferenceUri FocusFactory(string organizer) =>
        Create($"{Checked(organizer)};gruu{Opaque}{ConferenceEntityTypes.FocusFactory}", nameof(organizer));

    /// <summary>The focus of a conference.</summary>
    /// <param name="organizer">The organizer's URI without parameters, e.g. <c>sip:alice@contoso.com</c>.</param>
    /// <param name="id">The conference id: ASCII letters and digits; [MS-CONFPRO] §2.2.1.2 asks for 8 to 32 of them.</param>
    /// <exception cref="ArgumentException">The organizer is not a SIP URI without parameters, or the id has other characters.</exception>
    public static ConferenceUri Focus(string organizer, string id)
    {
        if (id.Length == 0 || !id.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException("A conference id consists of ASCII letters and digits.", nameof(id));
        }

        return Create($"{Checked(organizer)};gruu{Opaque}{ConferenceEntityTypes.Focus}{IdMark}{id}", nameof(organizer));
    }

    /// <summary>Reads a conference URI; a prefix <c>conf:</c> or <c>meet:</c> and everything from a question mark on, plain or escaped, are dropped.</summary>
    /// <param name="text">The URI or link.</param>
    /// <param name="uri">The conference URI.</param>
    /// <returns>False when the text is not the URI of a part of a conference.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ConferenceUri? uri)
    {
        uri = null;
        var plain = WithoutQuery(WithoutPrefix((text ?? "").Trim()));
        var organizerEnd = plain.IndexOf(';', StringComparison.Ordinal);
        var opaque = plain.IndexOf(Opaque, StringComparison.OrdinalIgnoreCase);
        if (organizerEnd < 0 || opaque < 0 || !IsOrganizer(plain[..organizerEnd]))
        {
            return false;
        }

        var start = opaque + Opaque.Length;
        var end = plain.IndexOf(';', start);
        var value = end < 0 ? plain[start..] : plain[start..end];
        var mark = value.IndexOf(IdMark, StringComparison.OrdinalIgnoreCase);
        var type = mark < 0 ? value : value[..mark];
        var id = mark < 0 ? null : value[(mark + IdMark.Length)..];
        var isFactory = type.Equals(ConferenceEntityTypes.FocusFactory, StringComparison.OrdinalIgnoreCase);
        if (type.Length == 0 || id is { Length: 0 } || isFactory != (id is null))
        {
            return false;
        }

        uri = new ConferenceUri(plain, organizerEnd, start, type.Length, id);
        return true;
    }

    /// <summary>The URI of another part of the same conference: the same text with the type replaced.</summary>
    /// <param name="entityType">The part, e.g. <see cref="ConferenceEntityTypes.AudioVideo"/>.</param>
    /// <exception cref="InvalidOperationException">This is the URI of a focus factory, which is no part of one conference.</exception>
    public ConferenceUri For(string entityType)
    {
        if (Id is null)
        {
            throw new InvalidOperationException("The focus factory's URI names no conference; no part of one can be derived from it.");
        }

        var text = string.Concat(Text.AsSpan(0, _typeStart), entityType, Text.AsSpan(_typeStart + EntityType.Length));
        return Create(text, nameof(entityType));
    }

    /// <summary>True when both URIs belong to the same conference, whichever part they name.</summary>
    public bool IsSameConference(ConferenceUri other) =>
        Id is not null && other.Id is not null && For(other.EntityType).Equals(other);

    /// <inheritdoc/>
    public bool Equals(ConferenceUri? other) => other is not null && Text.Equals(other.Text, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConferenceUri);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    /// <inheritdoc cref="Text"/>
    public override string ToString() => Text;

    private static ConferenceUri Create(string text, string parameter) =>
        TryParse(text, out var uri) ? uri : throw new ArgumentException($"'{text}' is not a conference URI.", parameter);

    private static string Checked(string organizer) => IsOrganizer(organizer) && organizer.IndexOfAny([';', '?', '<', '>', ' ']) < 0
        ? organizer
        : throw new ArgumentException("The organizer is a SIP URI without parameters, e.g. sip:alice@contoso.com.", nameof(organizer));

    private static bool IsOrganizer(string text)
    {
        var scheme = text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? 4
            : text.StartsWith("sips:", StringComparison.OrdinalIgnoreCase) ? 5
            : 0;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return scheme > 0 && at > scheme && at < text.Length - 1;
    }

    private static string WithoutPrefix(string text) =>
        text.StartsWith("conf:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("meet:", StringComparison.OrdinalIgnoreCase) ? text[5..] : text;

    private static string WithoutQuery(string text)
    {
        var plain = text.IndexOf('?', StringComparison.Ordinal);
        var escaped = text.IndexOf("%3F", StringComparison.OrdinalIgnoreCase);
        var at = plain < 0 ? escaped : escaped < 0 ? plain : Math.Min(plain, escaped);
        return at < 0 ? text : text[..at];
    }
}
