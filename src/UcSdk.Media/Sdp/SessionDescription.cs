using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace UcSdk.Media;

/// <summary>
/// A session description (SDP, RFC 4566): the session's lines and its media, all of them kept in order, known or not. Immutable.
/// </summary>
public sealed class SessionDescription : SdpSection
{
    /// <summary>The content type of its text in a SIP message.</summary>
    public const string ContentType = "application/sdp";

    /// <summary>Puts a description together.</summary>
    /// <param name="lines">The lines of the session level, <c>v=0</c> first; an <c>m=</c> line is not one of them.</param>
    /// <param name="media">The media, in order.</param>
    /// <exception cref="ArgumentException">The first line is not <c>v=0</c>, or a line could not be read back.</exception>
    public SessionDescription(IEnumerable<SdpLine> lines, IEnumerable<MediaDescription> media)
        : base(lines)
    {
        Media = [.. media];
        if (Lines.Count == 0 || Lines[0] != new SdpLine('v', "0"))
        {
            throw new ArgumentException("A session description begins with the line v=0 (RFC 4566 §5.1).", nameof(lines));
        }

        SdpWriter.ThrowIfUnwritable(Lines, nameof(lines));
    }

    /// <summary>The media, in order; those with port 0 were refused or are not wanted.</summary>
    public IReadOnlyList<MediaDescription> Media { get; }

    /// <summary>Reads a description leniently: bare LF line ends, trailing blanks and blank lines are accepted, order and unknown lines do not matter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="description">The description.</param>
    /// <param name="error">Where and why it could not be read.</param>
    /// <returns>True when it was read.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out SessionDescription? description, out SdpError error) =>
        SdpParser.TryParse(text, out description, out error);

    /// <inheritdoc cref="TryParse(string, out SessionDescription?, out SdpError)"/>
    /// <param name="utf8">The text in UTF-8, as a SIP message carries it; bytes that are not UTF-8 are read as U+FFFD.</param>
    /// <param name="description">The description.</param>
    /// <param name="error">Where and why it could not be read.</param>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out SessionDescription? description, out SdpError error)
    {
        if (!SdpLimits.MaxLength.Allows(utf8.Length))
        {
            description = null;
            error = SdpParser.Exceeded(SdpLimits.MaxLength, SdpLimits.MaxLength.Maximum);
            return false;
        }

        return TryParse(Encoding.UTF8.GetString(utf8.Span), out description, out error);
    }

    /// <summary>The description as it goes on the wire, keys included, each line ended by CR LF.</summary>
    /// <returns>The text.</returns>
    public string ToText() => SdpWriter.Write(this);

    /// <summary>The description as it goes on the wire, in UTF-8.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToText());

    /// <summary>The description for a log: keys are not shown. For the wire use <see cref="ToText"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join('\n', Lines.Select(line => line.ToString()).Concat(Media.Select(media => media.ToString())));
}
