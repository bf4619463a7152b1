namespace UcSdk.Documents;

/// <summary>What the address book web query is asked for; one of <see cref="AddressBookBasicSearch"/> and <see cref="AddressBookAttributeSearch"/>.</summary>
public abstract record AddressBookSearch
{
    private protected AddressBookSearch()
    {
    }

    /// <summary>Which kind of search; never for whom.</summary>
    public sealed override string ToString() => GetType().Name;
}
