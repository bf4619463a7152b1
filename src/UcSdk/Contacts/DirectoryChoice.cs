using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Asks the directory in the way that the server offers: by its web service where it names one, which finds groups too and asks once for many fields; by SOAP over SIP where there is none, and
/// for a while after it has failed. On the loop.
/// </summary>
internal sealed class DirectoryChoice(ModelContext context, AddressBookClient web)
{
    private static readonly ValueList<string> Returned = ValueList.From(SearchAbEntryRequest.PersonAttributes.Append(DirectoryAttributes.GroupType));
    private readonly DirectorySearch _sip = new(context);
    private ServerConnection? _failedOn;
    private Timestamp _bySipUntil;

    /// <summary>What the directory answered last; null before.</summary>
    public bool? Succeeded { get; private set; }

    /// <summary>Finds those of whom any of the fields begins with the text.</summary>
    /// <exception cref="SipException">Refused, no answer, or the connection is lost.</exception>
    public Task<DirectoryFindings> FindAsync(ServerConnection connection, string text, SearchFields fields, uint maxResults, CancellationToken cancellationToken) => ChooseAsync(
        connection,
        () => FindByWebAsync(connection, DirectorySearch.SearchesFor(text, fields), maxResults, cancellationToken),
        () => _sip.FindAsync(connection, text, fields, maxResults, cancellationToken));

    /// <summary>Finds those for whom the terms of any of the queries hold.</summary>
    /// <exception cref="SipException">Refused, no answer, or the connection is lost.</exception>
    public Task<DirectoryFindings> FindAsync(ServerConnection connection, DirectorySearchTerm[][] queries, uint maxResults, CancellationToken cancellationToken) => ChooseAsync(
        connection,
        () => FindByWebAsync(connection, queries.Select(terms => new AddressBookAttributeSearch(ValueList.From(terms))), maxResults, cancellationToken),
        () => _sip.FindAsync(connection, queries, maxResults, cancellationToken));

    private async Task<DirectoryFindings> ChooseAsync(ServerConnection connection, Func<Task<DirectoryFindings>> byWeb, Func<Task<DirectorySearchResult>> bySip)
    {
        var isFresh = _failedOn != connection || _bySipUntil <= context.Loop.Now;
        if (context.Options.Web.SearchesByWeb && isFresh && AddressBookClient.SearchUrl(connection) is not null)
        {
            try
            {
                var found = await byWeb();
                (Succeeded, _failedOn) = (true, null);
                return found;
            }
            catch (WebServiceException failure)
            {
                Log.WebSearchFailed(context.Logger, failure.Failure, failure);
                (_failedOn, _bySipUntil) = (connection, context.Loop.Now + context.Options.Web.RetryAfter);
            }
        }

        try
        {
            var answer = DirectoryFindings.Of(await bySip());
            Succeeded = true;
            return answer;
        }
        catch (SipException)
        {
            Succeeded = false;
            throw;
        }
    }

    private async Task<DirectoryFindings> FindByWebAsync(ServerConnection connection, IEnumerable<AddressBookSearch> searches, uint maxResults, CancellationToken cancellationToken)
    {
        // The service does not say whether there are more; asked for one more, it shows.
        var answers = await Task.WhenAll(searches.Select(search => web.SearchAsync(connection, new(search) { MaxResults = maxResults + 1, ReturnedAttributes = Returned }, cancellationToken)));
        var entries = answers.SelectMany(answer => answer.Entries).ToArray();
        var people = entries.Where(entry => entry.SipAddress is not null).Select(Describe).DistinctBy(person => person.Uri, StringComparer.OrdinalIgnoreCase).ToArray();
        var groups = entries
            .Where(entry => entry.SipAddress is null && entry[DirectoryAttributes.GroupType] is not null)
            .Select(entry => (Email: entry[DirectoryAttributes.Mail] ?? "", Name: entry[DirectoryAttributes.DisplayName] ?? ""))
            .Where(group => group.Email.Length > 0)
            .DistinctBy(group => group.Email, StringComparer.OrdinalIgnoreCase);
        return new(people, [.. groups], answers.Any(answer => answer.Entries.Count > maxResults));
    }

    private static DirectorySearchEntry Describe(AddressBookEntry entry) => new(entry.SipAddress!)
    {
        DisplayName = entry[DirectoryAttributes.DisplayName] ?? "",
        Title = entry[DirectoryAttributes.Title] ?? "",
        Office = entry[DirectoryAttributes.Office] ?? "",
        Phone = entry[DirectoryAttributes.Phone] ?? "",
        HomePhone = entry[DirectoryAttributes.HomePhone] ?? "",
        MobilePhone = entry[DirectoryAttributes.MobilePhone] ?? "",
        OtherPhone = entry[DirectoryAttributes.OtherPhone] ?? "",
        Company = entry[DirectoryAttributes.Company] ?? "",
        Country = entry[DirectoryAttributes.CountryName] ?? "",
        Email = entry[DirectoryAttributes.Mail] ?? "",
    };
}
