using System.Text;

namespace UcSdk.Media;

/// <summary>Writes session descriptions, and refuses parts that would not read back.</summary>
internal static class SdpWriter
{
    public static string Write(SessionDescription description)
    {
        var text = new StringBuilder(1024);
        Append(text, description.Lines);
        foreach (var media in description.Media)
        {
            text.Append("m=").Append(media.HeadText).Append("\r\n");
            Append(text, media.Lines);
        }

        return text.ToString();
    }

    public static void ThrowIfUnwritable(IReadOnlyList<SdpLine> lines, string parameter)
    {
        foreach (var line in lines)
        {
            if (!char.IsAsciiLetter(line.Type) || line.Type == 'm' || line.Value.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                throw new ArgumentException($"The line of type '{line.Type}' cannot stand here: it is no single SDP line below m= (RFC 4566 §5).", parameter);
            }
        }
    }

    public static void ThrowIfNotWords(IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            if (word.Length == 0 || word.AsSpan().ContainsAny("\r\n\0 \t"))
            {
                throw new ArgumentException($"'{word}' cannot stand in an m= line (RFC 4566 §5.14).", nameof(words));
            }
        }
    }

    private static void Append(StringBuilder text, IReadOnlyList<SdpLine> lines)
    {
        foreach (var line in lines)
        {
            text.Append(line.Type).Append('=').Append(line.Value).Append("\r\n");
        }
    }
}
