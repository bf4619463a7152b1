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

    private readonly XmlReader _xml;
    private readonly DocumentLimits _limits;
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
            using var xml = XmlReader.Create(Open(body), Settings());
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

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersFromEntities = 1,
    };

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

        var element = DocumentElement.Trusted(_xml.NamespaceURI, _xml.LocalName);
        var isEmpty = _xml.IsEmptyElement;
        if (!TryReadAttributes(out var attributes))
        {
            return null;
        }

        element = element with { Attributes = attributes };
        if (isEmpty)
        {
            _xml.Read();
            return element;
        }

        _xml.Read();
        return ReadContent(element, depth);
    }

    private bool TryReadAttributes(out ValueList<DocumentAttribute> attributes)
    {
        attributes = [];
        if (!_limits.Attributes.Allows(_xml.AttributeCount))
        {
            Fail(_limits.Attributes);
            return false;
        }

        if (!_xml.HasAttributes)
        {
            return true;
        }

        var list = new List<DocumentAttribute>(_xml.AttributeCount);
        while (_xml.MoveToNextAttribute())
        {
            if (!_limits.TextLength.Allows(_xml.Value.Length))
            {
                Fail(_limits.TextLength);
                return false;
            }

            if (_xml.NamespaceURI != Namespaces.Declarations)
            {
                list.Add(new DocumentAttribute(_xml.NamespaceURI, _xml.LocalName, _xml.Value));
            }
        }

        _xml.MoveToElement();
        attributes = ValueList.Create<DocumentAttribute>(CollectionsMarshal.AsSpan(list));
        return true;
    }

    private DocumentElement? ReadContent(DocumentElement element, int depth)
    {
        List<DocumentElement>? children = null;
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

                    (children ??= []).Add(child);
                    continue;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    if (!_limits.TextLength.Allows(text.Length + (more?.Length ?? 0) + _xml.Value.Length))
                    {
                        return Fail(_limits.TextLength);
                    }

                    (text, more) = text.Length == 0 && more is null ? (_xml.Value, null) : ("", (more ?? new StringBuilder(text)).Append(_xml.Value));
                    break;
            }

            _xml.Read();
        }

        _xml.Read();
        text = more?.ToString() ?? text;
        return element with
        {
            Children = children is null ? [] : ValueList.Create<DocumentElement>(CollectionsMarshal.AsSpan(children)),
            Text = children is not null && string.IsNullOrWhiteSpace(text) ? "" : text,
        };
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
