namespace UcSdk.Documents;

/// <summary>An attribute of a <see cref="DocumentElement"/>.</summary>
/// <param name="Namespace">Its namespace; empty for most attributes.</param>
/// <param name="Name">Its local name.</param>
/// <param name="Value">Its value.</param>
public readonly record struct DocumentAttribute(string Namespace, string Name, string Value);
