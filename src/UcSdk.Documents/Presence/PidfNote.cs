namespace UcSdk.Documents;

/// <summary>Words for people (RFC 3863 §4.1.6, element <c>note</c>).</summary>
/// <param name="Text">The words.</param>
/// <param name="Language">Their language, e.g. <c>en</c>; null when not said.</param>
public sealed record PidfNote(string Text, string? Language = null)
{
    /// <summary>The language; never the words.</summary>
    public override string ToString() => $"note {Language}";

    internal static PidfNote Read(DocumentElement element) => new(element.Text.Trim(), element.Attribute("lang"));

    internal DocumentElement Write(string ns) => new ElementBuilder(ns, "note").Attribute("lang", Language, Namespaces.Xml).Text(Text).Build();
}
