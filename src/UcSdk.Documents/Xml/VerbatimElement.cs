using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace UcSdk.Documents;

/// <summary>
/// Cuts an element out of a document as it stands there. A signature is over characters, prefixes and white space included; a tree that is written again has others.
/// </summary>
internal static class VerbatimElement
{
    /// <summary>How many places that look like the element are read; each costs what the rest of the document does, and comments can hold any number of them.</summary>
    public const int MaxPlaces = 16;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/>");

    /// <summary>Finds the first element with the local name.</summary>
    /// <param name="document">A document that was read, in UTF-8.</param>
    /// <param name="element">The element in the tree that was read of it: what is cut out must mean the same.</param>
    /// <param name="text">The element as it stands in the document.</param>
    /// <returns>False when it does not stand by itself: it uses a prefix that is declared outside of it, has elements in no namespace, stands behind more than
    /// <see cref="MaxPlaces"/> that look like it, or the document is not UTF-8.</returns>
    public static bool TryCut(ReadOnlyMemory<byte> document, DocumentElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var all = Encoding.UTF8.GetString(document.Span).AsSpan();
        var places = 0;
        for (var from = 0; places < MaxPlaces && TryFindTag(all, from, element.Name, out var tag, out var isEnd); from = tag + 1)
        {
            places += isEnd ? 0 : 1;
            if (isEnd || EndOf(all, tag, element.Name) is not { } end)
            {
                continue;
            }

            // A comment may hold what looks like the element; only what reads as the same tree is it.
            var candidate = all[tag..end].ToString();
            if (DocumentElement.TryRead(Encoding.UTF8.GetBytes(candidate), out var read, out _) && read == element && IsClosed(read))
            {
                text = candidate;
                return true;
            }
        }

        return false;
    }

    // Elements without namespace would take on the default one of the document that the text is put into.
    private static bool IsClosed(DocumentElement element) => element.Namespace.Length > 0 && element.Children.All(IsClosed);

    // The end of the element that begins at the tag, elements of the same name inside it counted.
    private static int? EndOf(ReadOnlySpan<char> all, int tag, string name)
    {
        var depth = 0;
        for (var from = tag; TryFindTag(all, from, name, out var at, out var isEnd);)
        {
            var close = all[at..].IndexOf('>');
            if (close < 0)
            {
                return null;
            }

            var isEmpty = !isEnd && all[at + close - 1] == '/';
            depth += isEnd ? -1 : isEmpty ? 0 : 1;
            from = at + close + 1;
            if (depth <= 0)
            {
                return depth == 0 ? from : null;
            }
        }

        return null;
    }

    private static bool TryFindTag(ReadOnlySpan<char> all, int from, string name, out int at, out bool isEnd)
    {
        for (at = from; ;)
        {
            var next = all[at..].IndexOf('<');
            if (next < 0)
            {
                isEnd = false;
                return false;
            }

            at += next;
            var rest = all[(at + 1)..];
            isEnd = rest.StartsWith("/");
            rest = isEnd ? rest[1..] : rest;
            var length = rest.IndexOfAny(NameEnds);
            var qualified = length < 0 ? [] : rest[..length];
            if (qualified[(qualified.IndexOf(':') + 1)..].SequenceEqual(name))
            {
                return true;
            }

            at++;
        }
    }
}
