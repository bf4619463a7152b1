using System.Xml;

namespace UcSdk.Documents;

/// <summary>
/// An element of a document, with everything it holds: what the typed documents are read from and written to, and what keeps the parts
/// they do not know. Immutable, compared by value. Comments, processing instructions, namespace prefixes and the place of text between
/// child elements are not kept.
/// </summary>
public sealed record DocumentElement
{
    /// <summary>An element without content.</summary>
    /// <param name="ns">Its namespace; empty for none.</param>
    /// <param name="name">Its local name.</param>
    /// <exception cref="ArgumentException">The name is not an XML name without colon.</exception>
    public DocumentElement(string ns, string name)
        : this(ns, name, verify: true)
    {
    }

    private DocumentElement(string ns, string name, bool verify)
    {
        if (verify)
        {
            VerifyName(name);
        }

        Namespace = ns;
        Name = name;
    }

    /// <summary>The namespace; empty for none.</summary>
    public string Namespace { get; }

    /// <summary>The local name.</summary>
    public string Name { get; }

    /// <summary>The attributes, in order; namespace declarations are not among them.</summary>
    public ValueList<DocumentAttribute> Attributes { get; init; } = [];

    /// <summary>The child elements, in order.</summary>
    public ValueList<DocumentElement> Children { get; init; } = [];

    /// <summary>The element's own text; empty when it has none, or only white space beside child elements.</summary>
    public string Text { get; init; } = "";

    /// <summary>
    /// The element as somebody else wrote it, which is written in the place of everything else: signed XML stays as it is, to the byte. It must stand by itself
    /// (<see cref="VerbatimElement"/>). Null for an element that is written from its parts.
    /// </summary>
    internal string? Verbatim { get; init; }

    /// <summary>The first child with the local name, in whatever namespace; null when there is none.</summary>
    public DocumentElement? Child(string name)
    {
        foreach (var child in Children)
        {
            if (child.Name == name)
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The children with the local name, in whatever namespace.</summary>
    public IEnumerable<DocumentElement> ChildrenNamed(string name) => Children.Where(child => child.Name == name);

    /// <summary>The value of the attribute with the local name, in whatever namespace; null when there is none.</summary>
    public string? Attribute(string name)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Name == name)
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>The text of the first child with the local name, without white space around it; null when there is no such child.</summary>
    public string? ChildText(string name) => Child(name)?.Text.Trim();

    /// <summary>The document with this root, as UTF-8 without XML declaration; the same tree always gives the same bytes.</summary>
    public byte[] ToBytes() => DocumentWriter.Write(this);

    /// <summary>Reads a document into a tree.</summary>
    /// <param name="body">The bytes, UTF-8 unless they say otherwise.</param>
    /// <param name="root">The root element.</param>
    /// <param name="error">What is wrong; default when nothing is.</param>
    /// <param name="limits">What the document may cost; <see cref="DocumentLimits.Default"/> when null.</param>
    /// <returns>False when the bytes are not a well-formed document within the limits, or when they have a document type declaration.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DocumentElement? root,
        out DocumentError error,
        DocumentLimits? limits = null) => DocumentReader.TryRead(body, limits ?? DocumentLimits.Default, out root, out error);

    /// <summary>The name; never the content, which may be user data.</summary>
    public override string ToString() => $"<{Name}>";

    /// <summary>Makes an element whose name an XML reader has checked already.</summary>
    internal static DocumentElement Trusted(string ns, string name) => new(ns, name, verify: false);

    internal static DocumentElement Trusted(
        string ns,
        string name,
        ValueList<DocumentAttribute> attributes,
        ValueList<DocumentElement> children,
        string text) => new(ns, name, verify: false) { Attributes = attributes, Children = children, Text = text };

    internal static void VerifyName(string name)
    {
        try
        {
            XmlConvert.VerifyNCName(name);
        }
        catch (XmlException broken)
        {
            throw new ArgumentException($"'{name}' cannot be the name of an element or attribute.", nameof(name), broken);
        }
    }
}
