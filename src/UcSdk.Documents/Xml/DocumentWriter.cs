using System.Buffers;
using System.Globalization;
using System.Text;

namespace UcSdk.Documents;

/// <summary>
/// Writes a tree as UTF-8. The root's namespace is the default one; every other has a prefix, and all are declared on the root, in the
/// order in which the tree first needs them: so the same tree gives the same bytes. Contents of presence become the default where they
/// begin, as their documents show them.
/// </summary>
internal sealed class DocumentWriter
{
    private static readonly SearchValues<char> TextSpecials = SearchValues.Create("&<>\r");
    private static readonly SearchValues<char> AttributeSpecials = SearchValues.Create("&<>\"\r\n\t");

    private readonly StringBuilder _out = new();
    private readonly Dictionary<string, string> _prefixes = [];
    private readonly List<(string Prefix, string Namespace)> _declarations = [];

    private DocumentWriter()
    {
    }

    public static byte[] Write(DocumentElement root)
    {
        var writer = new DocumentWriter();
        // An element without namespace cannot stand under a default one; then the root's namespace gets a prefix like the others.
        var defaultNamespace = !DeclaresItself(root.Namespace) && HasNamespaceless(root) ? "" : root.Namespace;
        writer.Declare(root, defaultNamespace);
        writer.WriteElement(root, isRoot: true, defaultNamespace);
        return Encoding.UTF8.GetBytes(writer._out.ToString());
    }

    private static bool HasNamespaceless(DocumentElement element)
    {
        if (element.Verbatim is not null)
        {
            return false;
        }

        if (element.Namespace.Length == 0)
        {
            return true;
        }

        foreach (var child in element.Children)
        {
            if (HasNamespaceless(child))
            {
                return true;
            }
        }

        return false;
    }

    private void Declare(DocumentElement element, string defaultNamespace)
    {
        if (element.Verbatim is not null)
        {
            return;
        }

        if (element.Namespace != defaultNamespace && !DeclaresItself(element.Namespace))
        {
            Declare(element.Namespace);
        }

        foreach (var attribute in element.Attributes)
        {
            // A default namespace does not reach attributes: one in a namespace always needs a prefix.
            if (attribute.Namespace.Length > 0)
            {
                Declare(attribute.Namespace);
            }
        }

        foreach (var child in element.Children)
        {
            Declare(child, defaultNamespace);
        }
    }

    // What is published is stored and handed on as it is, so its elements must not hang on a prefix from elsewhere.
    private static bool DeclaresItself(string ns) => ns.Length == 0 || (Namespaces.IsPublished(ns) && Namespaces.PrefixOf(ns) is null);

    private void Declare(string ns)
    {
        if (_prefixes.ContainsKey(ns))
        {
            return;
        }

        var prefix = Namespaces.PrefixOf(ns) ?? "ns" + (_declarations.Count + 1).ToString(CultureInfo.InvariantCulture);
        _prefixes.Add(ns, prefix);
        if (ns != Namespaces.Xml)
        {
            _declarations.Add((prefix, ns));
        }
    }

    private void WriteElement(DocumentElement element, bool isRoot, string inherited)
    {
        if (element.Verbatim is { } verbatim)
        {
            _out.Append(verbatim);
            return;
        }

        var prefix = element.Namespace == inherited || !_prefixes.TryGetValue(element.Namespace, out var known) || DeclaresItself(element.Namespace) ? "" : known;
        var current = prefix.Length == 0 ? element.Namespace : inherited;
        _out.Append('<');
        WriteName(prefix, element.Name);
        if (current != inherited || (isRoot && current.Length > 0))
        {
            _out.Append(" xmlns");
            WriteValue(current);
        }

        if (isRoot)
        {
            WriteDeclarations();
        }

        foreach (var attribute in element.Attributes)
        {
            DocumentElement.VerifyName(attribute.Name);
            _out.Append(' ');
            WriteName(attribute.Namespace.Length == 0 ? "" : _prefixes[attribute.Namespace], attribute.Name);
            WriteValue(attribute.Value);
        }

        if (element.Text.Length == 0 && element.Children.Count == 0)
        {
            _out.Append("/>");
            return;
        }

        _out.Append('>');
        WriteEscaped(element.Text, TextSpecials);
        foreach (var child in element.Children)
        {
            WriteElement(child, isRoot: false, current);
        }

        _out.Append("</");
        WriteName(prefix, element.Name);
        _out.Append('>');
    }

    private void WriteDeclarations()
    {
        foreach (var (prefix, ns) in _declarations)
        {
            _out.Append(" xmlns:").Append(prefix);
            WriteValue(ns);
        }
    }

    private void WriteName(string prefix, string name)
    {
        if (prefix.Length > 0)
        {
            _out.Append(prefix).Append(':');
        }

        _out.Append(name);
    }

    private void WriteValue(string value)
    {
        _out.Append("=\"");
        WriteEscaped(value, AttributeSpecials);
        _out.Append('"');
    }

    private void WriteEscaped(ReadOnlySpan<char> text, SearchValues<char> specials)
    {
        foreach (var character in text)
        {
            switch (character)
            {
                case '&': _out.Append("&amp;"); break;
                case '<': _out.Append("&lt;"); break;
                case '>': _out.Append("&gt;"); break;
                case '"' when specials.Contains('"'): _out.Append("&quot;"); break;
                case '\r' or '\n' or '\t' when specials.Contains(character): _out.Append("&#").Append((int)character).Append(';'); break;
                // XML 1.0 §2.2 has no way to carry these. They come from SIP headers of peers, so they must not break the document.
                case < ' ' and not ('\r' or '\n' or '\t') or '\uFFFE' or '\uFFFF': _out.Append('\uFFFD'); break;
                default: _out.Append(character); break;
            }
        }
    }
}
