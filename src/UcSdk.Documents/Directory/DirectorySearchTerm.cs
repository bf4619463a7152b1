namespace UcSdk.Documents;

/// <summary>One condition of a search: the attribute begins with the value, case not regarded.</summary>
/// <param name="Attribute">The attribute, of <see cref="DirectoryAttributes"/>.</param>
/// <param name="Value">The beginning.</param>
public readonly record struct DirectorySearchTerm(string Attribute, string Value)
{
    /// <summary>The attribute; never the value, which is user data.</summary>
    public override string ToString() => Attribute;
}
