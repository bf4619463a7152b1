namespace UcSdk.Documents;

/// <summary>Several attributes with a value each (<c>ChangeSearch</c>): all must hold.</summary>
/// <param name="Terms">The conditions, at least one.</param>
public sealed record AddressBookAttributeSearch(ValueList<DirectorySearchTerm> Terms) : AddressBookSearch;
