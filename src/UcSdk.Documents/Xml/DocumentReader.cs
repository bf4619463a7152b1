using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml;
using UcSdk.Core;

namespace UcSdk.Documents;

/// <summary>Reads bytes from the network into a tree: no DTDs, no external entities, everything limited, nothing thrown.</summary>
internal sealed class DocumentReader
{
    private const string WellFormed = "XML 1.0 §2.1";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersFromEntities = 1,
    };

    private readonly XmlReader _xml;
    private readonly DocumentLimits _limits;

    // The children read so far of all elements that are open, the innermost last.
    private readonly List<DocumentElement> _siblings = [];
    private int _elements;
    private DocumentError _error;

    private DocumentReader(XmlReader xml, DocumentLimits limits)
    {
        _xml = xml;
        _limits = limits;
    }

    public static bool TryRead(ReadOnlyMemory<byte> body, DocumentLimits limits, [NotNullWhen(true)] out DocumentElement? root, out DocumentError error)
    {
        root = null;
        if (!limits.Bytes.Allows(body.Length))
        {
            error = Exceeded(limits.Bytes, "", 0, 0);
            return false;
        }

        try
        {
            using var xml = XmlReader.Create(Open(body), Settings);
            var reader = new DocumentReader(xml, limits);
            root = reader.ReadRoot();
            error = reader._error;
            return root is not null;
        }
        catch (XmlException broken)
        {
            root = null;
            error = new DocumentError("", "well-formed XML without document type declaration", WellFormed, broken.LineNumber, broken.LinePosition);
            return false;
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> body) => MemoryMarshal.TryGetArray(body, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(body.ToArray(), writable: false);

    private DocumentElement? ReadRoot()
    {
        _xml.MoveToContent();
        var root = ReadElement(depth: 1);
        if (root is null)
        {
            return null;
        }

        // What follows the root must be read too: a second root or stray text makes the document bad.
        while (_xml.Read())
        {
        }

        return root;
    }

    // Recursion is bounded by MaxDepth, which is checked before the next step down.
    private DocumentElement? ReadElement(int depth)
    {
        if (!_limits.Depth.Allows(depth))
        {
            return Fail(_limits.Depth);
        }

        if (!_limits.Elements.Allows(++_elements))
        {
            return Fail(_limits.Elements);
        }

        var (ns, name, isEmpty) = (_xml.NamespaceURI, _xml.LocalName, _xml.IsEmptyElement);
        if (!TryReadAttributes(out var attributes))
        {
            return null;
        }

        _xml.Read();
        return isEmpty ? DocumentElement.Trusted(ns, name, attributes, [], "") : ReadContent(ns, name, attributes, depth);
    }

    private bool TryReadAttributes(out ValueList<DocumentAttribute> attributes)
    {
        attributes = [];
        var count = _xml.AttributeCount;
        if (!_limits.Attributes.Allows(count))
        {
            Fail(_limits.Attributes);
            return false;
        }

        if (count == 0)
        {
            return true;
        }

        var list = new DocumentAttribute[count];
        var kept = 0;
        while (_xml.MoveToNextAttribute())
        {
            var value = _xml.Value;
            if (!_limits.TextLength.Allows(value.Length))
            {
                Fail(_limits.TextLength);
                return false;
            }

            if (_xml.NamespaceURI != Namespaces.Declarations)
            {
                list[kept++] = new DocumentAttribute(_xml.NamespaceURI, _xml.LocalName, value);
            }
        }

        _xml.MoveToElement();
        attributes = kept == 0 ? [] : new ValueList<DocumentAttribute>(kept == count ? list : list[..kept]);
        return true;
    }

    private DocumentElement? ReadContent(string ns, string name, ValueList<DocumentAttribute> attributes, int depth)
    {
        var firstChild = _siblings.Count;
        StringBuilder? more = null;
        var text = "";
        while (_xml.NodeType != XmlNodeType.EndElement)
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Element:
                    if (ReadElement(depth + 1) is not { } child)
                    {
                        return null;
                    }

                    _siblings.Add(child);
                    continue;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    var piece = _xml.Value;
                    if (!_limits.TextLength.Allows(text.Length + (more?.Length ?? 0) + piece.Length))
                    {
                        return Fail(_limits.TextLength);
                    }

                    (text, more) = text.Length == 0 && more is null ? (piece, null) : ("", (more ?? new StringBuilder(text)).Append(piece));
                    break;
            }

            _xml.Read();
        }

        _xml.Read();
        text = more?.ToString() ?? text;
        if (_siblings.Count == firstChild)
        {
            return DocumentElement.Trusted(ns, name, attributes, [], text);
        }

        var children = CollectionsMarshal.AsSpan(_siblings)[firstChild..].ToArray();
        _siblings.RemoveRange(firstChild, children.Length);
        return DocumentElement.Trusted(ns, name, attributes, new ValueList<DocumentElement>(children), string.IsNullOrWhiteSpace(text) ? "" : text);
    }

    private DocumentElement? Fail(Limit limit)
    {
        var at = (IXmlLineInfo)_xml;
        _error = Exceeded(limit, _xml.LocalName, at.LineNumber, at.LinePosition);
        return null;
    }

    private static DocumentError Exceeded(Limit limit, string where, int line, int column) =>
        new(where, limit.Exceeded(0).Expected, limit.Name, line, column);
}
