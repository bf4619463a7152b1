namespace UcSdk.Server;

/// <summary>Where the web services of a server are, as clients are told in-band ([MS-SIPREGE] §2.2.2).</summary>
/// <param name="AddressBook">The URL of the address book's queries and of the expansion of distribution groups, which servers of the family have in one.</param>
internal sealed record WebServiceAddresses(string AddressBook);
