using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>Reads session descriptions. It asks only for what it cannot do without: <c>v=0</c> first, and whole <c>m=</c> lines.</summary>
internal static class SdpParser
{
    public static SdpError Exceeded(Limit limit, int offset) => new(offset, $"at most {limit.Maximum}", limit.Name);

    public static bool TryParse(string text, [NotNullWhen(true)] out SessionDescription? description, out SdpError error)
    {
        description = null;
        if (!SdpLimits.MaxLength.Allows(text.Length))
        {
            error = Exceeded(SdpLimits.MaxLength, SdpLimits.MaxLength.Maximum);
            return false;
        }

        var session = new List<SdpLine>();
        var media = new List<(SdpLine Head, int Offset, List<SdpLine> Lines)>();
        if (!TryReadLines(text, session, media, out error))
        {
            return false;
        }

        var descriptions = new List<MediaDescription>(media.Count);
        foreach (var (head, offset, lines) in media)
        {
            if (!TryReadMedia(head.Value, lines, out var one))
            {
                error = new(offset, "media port[/count] protocol format …", "RFC 4566 §5.14 m=");
                return false;
            }

            descriptions.Add(one);
        }

        description = new(session, descriptions);
        return true;
    }

    private static bool TryReadLines(
        string text, List<SdpLine> session, List<(SdpLine Head, int Offset, List<SdpLine> Lines)> media, out SdpError error)
    {
        var count = 0;
        for (var offset = 0; offset < text.Length;)
        {
            var end = text.IndexOf('\n', offset);
            end = end < 0 ? text.Length : end;
            var line = text.AsSpan(offset, end - offset).TrimEnd(" \t\r");
            if (!TryReadLine(line, offset, ++count, out var read, out error))
            {
                return false;
            }

            if (read is { } known && !TryPlace(known, offset, session, media, out error))
            {
                return false;
            }

            offset = end + 1;
        }

        error = session.Count > 0 ? default : new(0, "v=0", "RFC 4566 §5.1 v=");
        return session.Count > 0;
    }

    private static bool TryReadLine(ReadOnlySpan<char> line, int offset, int count, out SdpLine? read, out SdpError error)
    {
        read = null;
        error = default;
        if (!SdpLimits.MaxLines.Allows(count))
        {
            error = Exceeded(SdpLimits.MaxLines, offset);
        }
        else if (!SdpLimits.MaxLineLength.Allows(line.Length))
        {
            error = Exceeded(SdpLimits.MaxLineLength, offset);
        }
        else if (line.ContainsAny('\0', '\r'))
        {
            error = new(offset, "no NUL or CR inside a line", "RFC 4566 §9 byte-string");
        }
        else if (line.Length > 0 && (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetter(line[0])))
        {
            error = new(offset, "a letter and '='", "RFC 4566 §5");
        }
        else if (line.Length > 0)
        {
            read = new(line[0], line[2..].ToString());
        }

        return error.Expected is null;
    }

    private static bool TryPlace(
        SdpLine line, int offset, List<SdpLine> session, List<(SdpLine Head, int Offset, List<SdpLine> Lines)> media, out SdpError error)
    {
        error = default;
        if (session.Count == 0 && line != new SdpLine('v', "0"))
        {
            error = new(offset, "v=0", "RFC 4566 §5.1 v=");
            return false;
        }

        if (line.Type == 'm')
        {
            media.Add((line, offset, []));
            if (!SdpLimits.MaxMedia.Allows(media.Count))
            {
                error = Exceeded(SdpLimits.MaxMedia, offset);
                return false;
            }
        }
        else
        {
            (media.Count == 0 ? session : media[^1].Lines).Add(line);
        }

        return true;
    }

    private static bool TryReadMedia(string head, List<SdpLine> lines, [NotNullWhen(true)] out MediaDescription? media)
    {
        media = null;
        var rest = head.AsSpan();
        if (!SdpText.TryTakeWord(ref rest, out var kind)
            || !SdpText.TryTakeWord(ref rest, out var ports)
            || !SdpText.TryTakeWord(ref rest, out var protocol))
        {
            return false;
        }

        var formats = new List<string>();
        while (SdpText.TryTakeWord(ref rest, out var format))
        {
            formats.Add(format.ToString());
        }

        var slash = ports.IndexOf('/');
        long count = 1;
        if (formats.Count == 0
            || !SdpText.TryParseNumber(slash < 0 ? ports : ports[..slash], 65535, out var port)
            || (slash >= 0 && (!SdpText.TryParseNumber(ports[(slash + 1)..], 65535, out count) || count == 0)))
        {
            return false;
        }

        media = new(kind.ToString(), (int)port, protocol.ToString(), formats, lines, (int)count);
        return true;
    }
}
