using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using UcSdk.Core;

namespace UcSdk.Documents;

/// <summary>
/// Reads the JSON form: <c>{"_links":{"user":{"href":"…"}}}</c>. It is read only, since nobody asks a client for one.
/// </summary>
internal static class AutodiscoverJson
{
    private const string Rule = "RFC 8259 §2";

    public static bool IsJson(ReadOnlySpan<byte> body)
    {
        var start = body.TrimStart(" \t\r\n"u8);
        return start.Length > 0 && start[0] == (byte)'{';
    }

    public static bool TryRead(ReadOnlyMemory<byte> body, DocumentLimits limits, [NotNullWhen(true)] out AutodiscoverResponse? response, out DocumentError error)
    {
        response = null;
        error = default;
        if (!limits.Bytes.Allows(body.Length))
        {
            error = Exceeded(limits.Bytes);
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
            if (ReadLinks(ref reader, limits, ref error) is not { } links)
            {
                return false;
            }

            var kind = links.Exists(link => link.Token.Equals("applications", StringComparison.OrdinalIgnoreCase))
                ? AutodiscoverResourceKind.User
                : AutodiscoverResourceKind.Root;
            response = new AutodiscoverResponse(new AutodiscoverResource(kind, ValueList.From(links)));
            return true;
        }
        catch (JsonException broken)
        {
            error = new DocumentError("", "well-formed JSON within MaxDepth", Rule, (int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1);
            return false;
        }
        catch (InvalidOperationException)
        {
            // What Utf8JsonReader says to text that is not UTF-8 or half of a surrogate pair.
            error = new DocumentError("", "text in UTF-8", Rule);
            return false;
        }
    }

    private static List<AutodiscoverLink>? ReadLinks(ref Utf8JsonReader reader, DocumentLimits limits, ref DocumentError error)
    {
        List<AutodiscoverLink>? links = null;
        reader.Read();
        while (reader.Read())
        {
            if (reader is not { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
            {
                continue;
            }

            var isLinks = reader.ValueTextEquals("_links"u8);
            reader.Read();
            if (!isLinks || reader.TokenType != JsonTokenType.StartObject || links is not null)
            {
                reader.Skip();
                continue;
            }

            links = [];
            if (!TryReadLinks(ref reader, links, limits, ref error))
            {
                return null;
            }
        }

        if (links is null)
        {
            error = new DocumentError("_links", "an object", Rule);
        }

        return links;
    }

    private static bool TryReadLinks(ref Utf8JsonReader reader, List<AutodiscoverLink> links, DocumentLimits limits, ref DocumentError error)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadText(ref reader, limits, out var token, ref error) || !TryReadHref(ref reader, limits, out var href, ref error))
            {
                return false;
            }

            if (token.Length > 0 && href is not null)
            {
                if (!limits.Elements.Allows(links.Count + 1))
                {
                    error = Exceeded(limits.Elements);
                    return false;
                }

                links.Add(new AutodiscoverLink(token, href.Trim()));
            }
        }

        return true;
    }

    // The value of one link; what is not an object with a text for href is passed over.
    private static bool TryReadHref(ref Utf8JsonReader reader, DocumentLimits limits, out string? href, ref DocumentError error)
    {
        href = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return true;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isHref = reader.ValueTextEquals("href"u8);
            reader.Read();
            if (!isHref || reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
            }
            else if (!TryReadText(ref reader, limits, out href, ref error))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadText(ref Utf8JsonReader reader, DocumentLimits limits, out string text, ref DocumentError error)
    {
        text = reader.GetString() ?? "";
        if (limits.TextLength.Allows(text.Length))
        {
            return true;
        }

        error = Exceeded(limits.TextLength);
        return false;
    }

    private static DocumentError Exceeded(Limit limit) => new("", limit.Exceeded(0).Expected, limit.Name);
}
