namespace UcSdk.Documents;

/// <summary>One value, looked for at the beginning of several attributes (<c>BasicSearch</c>): any of them may hold it.</summary>
/// <param name="Attributes">The attributes, of <see cref="DirectoryAttributes"/>.</param>
/// <param name="Value">The beginning.</param>
public sealed record AddressBookBasicSearch(ValueList<string> Attributes, string Value) : AddressBookSearch;
