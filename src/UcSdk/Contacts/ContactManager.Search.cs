namespace UcSdk;

/// <content>The search for people.</content>
public sealed partial class ContactManager
{
    /// <summary>How many a search finds where its caller does not say.</summary>
    public const int DefaultMaxResults = 100;

    private readonly ContactSearch _search;

    /// <summary>Searches the contact list and the directory for people and groups any of whose fields begins with the text.</summary>
    /// <param name="text">The text; of two words the first may be the first name and the second the last.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ArgumentException">There is no text.</exception>
    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task<SearchResults> SearchAsync(string text, CancellationToken cancellationToken = default) =>
        SearchAsync(text, SearchProviders.Default, SearchFields.AllFields, SearchOptions.Default, DefaultMaxResults, cancellationToken);

    /// <summary>Searches for people and groups ([MS-PRES] §2.2.1 for the directory).</summary>
    /// <param name="text">The text.</param>
    /// <param name="providers">Where.</param>
    /// <param name="fields">In what; at least one.</param>
    /// <param name="options">How.</param>
    /// <param name="maxResults">How many people, and how many groups, at most; at least 1.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ArgumentException">There is no text, or no field.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No result is wanted.</exception>
    /// <exception cref="NotSignedInException">The directory is to be searched, and nobody is signed in.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task<SearchResults> SearchAsync(
        string text, SearchProviders providers, SearchFields fields, SearchOptions options, int maxResults, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxResults, 1);
        if (fields == SearchFields.None)
        {
            throw new ArgumentException("A search looks at one field at least.", nameof(fields));
        }

        return Context.Loop.InvokeAsync(() => _search.SearchAsync(text.Trim(), providers, fields, options, maxResults, cancellationToken));
    }

    /// <summary>
    /// Looks one contact up by SIP address, e-mail address, telephone number or whole name. A SIP address or number that the directory does not know is a contact all the same.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The contact; null when nobody, or more than one, is meant.</returns>
    /// <exception cref="ArgumentException">There is no text.</exception>
    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task<Contact?> LookupAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return Context.Loop.InvokeAsync(() => _search.LookupAsync(text.Trim(), cancellationToken));
    }

    /// <summary>Looks several contacts up, as <see cref="LookupAsync"/> does each, a few at a time.</summary>
    /// <param name="texts">The texts; what is there twice is looked up once.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The contact for each text; null for those that mean nobody, or more than one.</returns>
    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    /// <exception cref="ServerRequestException">The server refused one or did not answer.</exception>
    public Task<IReadOnlyDictionary<string, Contact?>> ResolveAsync(IReadOnlyCollection<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Context.Loop.InvokeAsync(() => _search.ResolveAsync(texts, cancellationToken));
    }

    /// <summary>The fields that the directory can be searched by.</summary>
    public SearchFields GetSearchFields() =>
        SearchFields.FirstName | SearchFields.LastName | SearchFields.DisplayName | SearchFields.Company | SearchFields.PrimaryEmailAddress | SearchFields.EmailAddresses
        | SearchFields.Alias | SearchFields.PhoneNumbers;

    /// <summary>Whether a provider can be searched.</summary>
    /// <param name="provider"><see cref="SearchProviders.GlobalAddressList"/> or <see cref="SearchProviders.ExchangeService"/>.</param>
    /// <exception cref="ArgumentException">The provider is another: it is always at hand, or several.</exception>
    public SearchProviderStatusType GetSearchProviderStatus(SearchProviders provider) => provider switch
    {
        SearchProviders.ExchangeService => SearchProviderStatusType.NotConfigured,
        SearchProviders.GlobalAddressList when _client.State == ClientState.SignedIn => _search.DirectorySucceeded switch
        {
            true => SearchProviderStatusType.SyncSucceeded,
            false => SearchProviderStatusType.OtherFailure,
            null => SearchProviderStatusType.SyncNotStarted,
        },
        SearchProviders.GlobalAddressList => SearchProviderStatusType.SyncNotStarted,
        _ => throw new ArgumentException("Only one provider that has to be reached has a status.", nameof(provider)),
    };

    /// <summary>Who is in the list. On the loop.</summary>
    internal IEnumerable<Contact> ListedContacts => _groups.Contacts;
}
