using System.Globalization;

namespace UcSdk.Documents;

/// <summary>
/// Builds an element child by child. In the conference documents a <c>separator</c> element divides the schema generations
/// ([MS-CONFBAS] §6.3.1): what <see cref="Later"/> adds, and what stood behind a separator when it was read, goes behind one.
/// </summary>
internal sealed class ElementBuilder(string ns, string name)
{
    private readonly List<DocumentAttribute> _attributes = [];
    private readonly List<DocumentElement> _children = [];
    private readonly List<DocumentElement> _later = [];
    private string _text = "";

    public ElementBuilder Attribute(string attribute, string? value, string attributeNamespace = "")
    {
        if (value is not null)
        {
            _attributes.Add(new DocumentAttribute(attributeNamespace, attribute, value));
        }

        return this;
    }

    public ElementBuilder Attributes(ValueList<DocumentAttribute> attributes)
    {
        _attributes.AddRange(attributes);
        return this;
    }

    public ElementBuilder Text(string text)
    {
        _text = text;
        return this;
    }

    public ElementBuilder Child(DocumentElement? child)
    {
        if (child is not null)
        {
            _children.Add(child);
        }

        return this;
    }

    public ElementBuilder Children(IEnumerable<DocumentElement> children)
    {
        _children.AddRange(children);
        return this;
    }

    /// <summary>A child that holds only text, in the given namespace or else that of its parent; none when the text is null.</summary>
    public ElementBuilder Leaf(string child, string? text, string? childNamespace = null)
    {
        if (text is not null)
        {
            _children.Add(new DocumentElement(childNamespace ?? ns, child) { Text = text });
        }

        return this;
    }

    public ElementBuilder Leaf(string child, bool? value, string? childNamespace = null) => Leaf(child, Text(value), childNamespace);

    public ElementBuilder Leaf(string child, uint? value, string? childNamespace = null) => Leaf(child, Text(value), childNamespace);

    public ElementBuilder Leaf(string child, DateTimeOffset? value, string? childNamespace = null) =>
        Leaf(child, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), childNamespace);

    /// <summary>A leaf of the generation behind the separator.</summary>
    public ElementBuilder Later(string child, string? text)
    {
        if (text is not null)
        {
            _later.Add(new DocumentElement(Namespaces.ConferenceInfoExtensions2, child) { Text = text });
        }

        return this;
    }

    /// <summary>What the reader did not know, each element on its side of the separator.</summary>
    public ElementBuilder Extensions(DocumentPart part)
    {
        _attributes.AddRange(part.ExtensionAttributes);
        var target = _children;
        foreach (var extension in part.Extensions)
        {
            if (ReferenceEquals(target, _children) && IsSeparator(extension))
            {
                target = _later;
                continue;
            }

            target.Add(extension);
        }

        return this;
    }

    public DocumentElement Build()
    {
        if (_later.Count > 0)
        {
            _children.Add(DocumentElement.Trusted(Namespaces.Separator, "separator"));
            _children.AddRange(_later);
        }

        return new DocumentElement(ns, name)
        {
            Attributes = ValueList.From(_attributes),
            Children = ValueList.From(_children),
            Text = _text,
        };
    }

    /// <summary>The children that the typed reader does not know, separators included where something unknown follows them.</summary>
    public static ValueList<DocumentElement> Unknown(DocumentElement element, params ReadOnlySpan<string> known)
    {
        List<DocumentElement>? unknown = null;
        foreach (var child in element.Children)
        {
            if (IsSeparator(child) || !known.Contains(child.Name))
            {
                (unknown ??= []).Add(child);
            }
        }

        while (unknown is { Count: > 0 } && IsSeparator(unknown[^1]))
        {
            unknown.RemoveAt(unknown.Count - 1);
        }

        return unknown is null ? [] : ValueList.From(unknown);
    }

    /// <summary>The attributes that the typed reader does not know.</summary>
    public static ValueList<DocumentAttribute> UnknownAttributes(DocumentElement element, params ReadOnlySpan<string> known)
    {
        List<DocumentAttribute>? unknown = null;
        foreach (var attribute in element.Attributes)
        {
            if (!known.Contains(attribute.Name))
            {
                (unknown ??= []).Add(attribute);
            }
        }

        return unknown is null ? [] : ValueList.From(unknown);
    }

    public static string? Text(bool? value) => value switch
    {
        true => "true",
        false => "false",
        _ => null,
    };

    public static string? Text(uint? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The attribute for a state; full is the default and is written where <paramref name="always"/> says so.</summary>
    public static string? Text(ElementState state, bool always = true) => state switch
    {
        ElementState.Partial => "partial",
        ElementState.Deleted => "deleted",
        _ => always ? "full" : null,
    };

    private static bool IsSeparator(DocumentElement element) => element is { Namespace: Namespaces.Separator, Name: "separator" };
}
