using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// Overwrites the secrets of a message in place, each octet by an <c>x</c>, so that every length stays what it was: that of the header
/// field, of the body, and of the packet. It reads lines, not documents, and needs no valid message.
/// </summary>
internal static class SecretMask
{
    private const byte Cover = (byte)'x';

    // What a challenge or an answer says openly. Anything else in it is a secret, or lets one be guessed at.
    private static readonly string[] OpenParameters =
        ["realm", "algorithm", "qop", "nc", "stale", "uri", "username", "domain", "charset", "userhash", "version", "targetname"];

    private static readonly string[] CoveredParameters =
        ["response", "nonce", "cnonce", "opaque", "nextnonce", "rspauth", "gssapi-data", "crand", "cnum", "srand", "snum"];

    /// <summary>The message without its secrets; the same memory when it has none.</summary>
    public static ReadOnlyMemory<byte> Hide(ReadOnlyMemory<byte> message)
    {
        var copy = message.ToArray();
        var body = HideInHead(copy);
        HideInBody(copy.AsSpan(body));
        return message.Span.SequenceEqual(copy) ? message : copy;
    }

    // Returns where the body begins.
    private static int HideInHead(Span<byte> message)
    {
        var isSecret = false;
        var at = 0;
        while (at < message.Length)
        {
            var line = LineAt(message, at);
            at += line.Length;
            var content = line.TrimEnd("\r\n"u8);
            if (content.IsEmpty)
            {
                return at;
            }

            // A line that begins with a blank goes on with the field before it (RFC 3261 §7.3.1).
            var isContinued = content[0] is (byte)' ' or (byte)'\t';
            var colon = isContinued ? -1 : content.IndexOf((byte)':');
            isSecret = isContinued ? isSecret : colon > 0 && IsSecretHeader(content[..colon].TrimEnd(" \t"u8));
            if (isSecret)
            {
                HideParameters(content[(colon + 1)..], hasScheme: !isContinued);
            }
        }

        return message.Length;
    }

    private static bool IsSecretHeader(ReadOnlySpan<byte> name)
    {
        foreach (var secret in TraceRedactor.SecretHeaders)
        {
            if (Ascii.EqualsIgnoreCase(name, secret.Text))
            {
                return true;
            }
        }

        return false;
    }

    private static void HideParameters(Span<byte> value, bool hasScheme)
    {
        value = value[(value.Length - value.TrimStart(" \t"u8).Length)..];
        if (hasScheme && value.IndexOf((byte)' ') is var blank and > 0 && !value[..blank].ContainsAny("=\","u8))
        {
            value = value[(blank + 1)..];
        }

        while (!value.IsEmpty)
        {
            var end = ParameterEnd(value);
            HideParameter(value[..end]);
            value = value[Math.Min(end + 1, value.Length)..];
        }
    }

    // A comma within quotes ends nothing.
    private static int ParameterEnd(ReadOnlySpan<byte> value)
    {
        var isQuoted = false;
        for (var at = 0; at < value.Length; at++)
        {
            switch (value[at])
            {
                case (byte)'\\' when isQuoted:
                    at++;
                    break;
                case (byte)'"':
                    isQuoted = !isQuoted;
                    break;
                case (byte)',' when !isQuoted:
                    return at;
            }
        }

        return value.Length;
    }

    private static void HideParameter(Span<byte> parameter)
    {
        var equal = parameter.IndexOf((byte)'=');
        var name = equal < 0 ? [] : parameter[..equal].Trim(" \t"u8);
        if (IsOneOf(name, CoveredParameters))
        {
            HideQuoted(parameter[(equal + 1)..]);
        }
        else if (!IsOneOf(name, OpenParameters))
        {
            // Not a parameter that we know: the text of another scheme may be nothing but its secret.
            HideQuoted(parameter);
        }
    }

    private static bool IsOneOf(ReadOnlySpan<byte> name, string[] names)
    {
        foreach (var known in names)
        {
            if (Ascii.EqualsIgnoreCase(name, known))
            {
                return true;
            }
        }

        return false;
    }

    private static void HideInBody(Span<byte> body)
    {
        while (!body.IsEmpty)
        {
            var line = LineAt(body, 0);
            HideInLine(line.TrimEnd("\r\n"u8));
            body = body[line.Length..];
        }
    }

    private static void HideInLine(Span<byte> line)
    {
        foreach (var start in TraceRedactor.SecretLines)
        {
            if (line.Length >= start.Length && Ascii.EqualsIgnoreCase(line[..start.Length], start) && line.IndexOf(" typ "u8) < 0)
            {
                // Of a key, the suite may be seen (RFC 4568 §9.1).
                var key = line.IndexOf("inline:"u8);
                Hide(line[(key < 0 ? start.Length : key + "inline:"u8.Length)..]);
                return;
            }
        }

        foreach (var name in TraceRedactor.SecretElements)
        {
            if (IndexOf(line, name) is var at and >= 0)
            {
                HideText(line[(at + name.Length)..]);
                return;
            }
        }
    }

    private static int IndexOf(ReadOnlySpan<byte> line, string name)
    {
        for (var at = 0; at + name.Length <= line.Length; at++)
        {
            if (Ascii.EqualsIgnoreCase(line.Slice(at, name.Length), name))
            {
                return at;
            }
        }

        return -1;
    }

    // What stands in quotes or outside of tags goes; tags stay, so that a document remains one.
    private static void HideText(Span<byte> text)
    {
        var isTag = text.IndexOfAny((byte)'<', (byte)'>') is var first and >= 0 && text[first] == (byte)'>';
        var quote = (byte)0;
        for (var at = 0; at < text.Length; at++)
        {
            var octet = text[at];
            if (quote != 0)
            {
                (quote, text[at]) = octet == quote ? ((byte)0, octet) : (quote, Covered(octet));
            }
            else if (isTag && octet is (byte)'"' or (byte)'\'')
            {
                quote = octet;
            }
            else if (octet == (byte)'<')
            {
                // <![CDATA[ is no tag but text.
                isTag = at + 1 == text.Length || text[at + 1] != (byte)'!';
            }
            else if (octet == (byte)'>')
            {
                isTag = false;
            }
            else if (!isTag)
            {
                text[at] = Covered(octet);
            }
        }
    }

    // The quotes around a secret stay; those within it are part of it.
    private static void HideQuoted(Span<byte> secret)
    {
        var start = secret.Length - secret.TrimStart(" \t\""u8).Length;
        var inner = secret[start..];
        Hide(inner[..inner.TrimEnd(" \t\""u8).Length]);
    }

    private static void Hide(Span<byte> secret)
    {
        foreach (ref var octet in secret)
        {
            octet = Covered(octet);
        }
    }

    private static byte Covered(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'=' ? octet : Cover;

    private static Span<byte> LineAt(Span<byte> text, int at)
    {
        var rest = text[at..];
        var end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest : rest[..(end + 1)];
    }
}
