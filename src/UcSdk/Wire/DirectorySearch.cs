using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Searches the directory of the user's domain by SOAP over SIP ([MS-PRES] §2.2.1): a SERVICE to <c>sip:</c>domain. Its terms must all hold, so that what may be in any of
/// several attributes takes a request for each; they go out side by side.
/// </summary>
internal sealed class DirectorySearch(ModelContext context)
{
    private static readonly (SearchFields Field, string[] Attributes)[] Attributes =
    [
        (SearchFields.DisplayName, [DirectoryAttributes.DisplayName]),
        (SearchFields.FirstName, [DirectoryAttributes.GivenName]),
        (SearchFields.LastName, [DirectoryAttributes.Surname]),
        (SearchFields.Company, [DirectoryAttributes.Company]),
        (SearchFields.PrimaryEmailAddress | SearchFields.EmailAddresses, [DirectoryAttributes.Mail]),
        (SearchFields.Alias, [DirectoryAttributes.SipAddress]),
        (SearchFields.PhoneNumbers, [DirectoryAttributes.Phone, DirectoryAttributes.MobilePhone, DirectoryAttributes.HomePhone, DirectoryAttributes.OtherPhone]),
    ];

    /// <summary>The same search for the address book's web service, which takes several attributes at once.</summary>
    public static IReadOnlyList<AddressBookSearch> SearchesFor(string text, SearchFields fields)
    {
        var attributes = Attributes.Where(known => (known.Field & fields) != 0).SelectMany(known => known.Attributes);
        var any = new AddressBookBasicSearch(ValueList.From(attributes), text);
        return NamesIn(text, fields) is { } names ? [any, new AddressBookAttributeSearch(ValueList.From(names))] : [any];
    }

    /// <summary>Finds those of whom any of the fields begins with the text.</summary>
    /// <exception cref="SipException">Refused, no answer, or the connection is lost.</exception>
    public async Task<DirectorySearchResult> FindAsync(ServerConnection connection, string text, SearchFields fields, uint maxResults, CancellationToken cancellationToken)
    {
        var queries = Attributes
            .Where(known => (known.Field & fields) != 0)
            .SelectMany(known => known.Attributes)
            .Select(attribute => new[] { new DirectorySearchTerm(attribute, ValueOf(attribute, text)) })
            .ToList();
        if (NamesIn(text, fields) is { } names)
        {
            queries.Add(names);
        }

        return await FindAsync(connection, queries, maxResults, cancellationToken);
    }

    /// <summary>Finds those for whom the terms of any of the queries hold.</summary>
    public async Task<DirectorySearchResult> FindAsync(
        ServerConnection connection, IEnumerable<DirectorySearchTerm[]> queries, uint maxResults, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(queries.Select(terms => AskAsync(connection, new(ValueList.From(terms)) { MaxResults = maxResults }, cancellationToken)));
        var entries = answers.SelectMany(answer => answer.Entries).DistinctBy(entry => entry.Uri, StringComparer.OrdinalIgnoreCase);
        return new(ValueList.From(entries), answers.Any(answer => answer.MoreAvailable));
    }

    // Of two words the first may be the first name and the second the last.
    private static DirectorySearchTerm[]? NamesIn(string text, SearchFields fields) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, var last] && fields.HasFlag(SearchFields.FirstName | SearchFields.LastName)
            ? [new(DirectoryAttributes.GivenName, first), new(DirectoryAttributes.Surname, last)]
            : null;

    // The directory keeps SIP addresses with their scheme.
    private static string ValueOf(string attribute, string text) =>
        attribute == DirectoryAttributes.SipAddress && !text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? "sip:" + text : text;

    private async Task<DirectorySearchResult> AskAsync(ServerConnection connection, DirectorySearchRequest search, CancellationToken cancellationToken)
    {
        var service = connection.CreateRequest(SipMethod.Service, SipUri.Parse("sip:" + connection.User.Host));
        service.SetBody(ContentTypes.Soap, search.ToBytes());
        var answer = await connection.Endpoint.SendAsync(service, connection.Flow, CancellationToken.None).UntilAsync(cancellationToken);
        SipException.ThrowIfRefused(answer, "SERVICE directorySearch");
        if (answer.Body.IsEmpty)
        {
            return new([], false);
        }

        if (!DirectorySearchResult.TryRead(answer.Body, out var result, out var error))
        {
            Log.UnreadableDocument(context.Logger, error.ToString());
            throw new SipException(SipFailure.Terminated, "The answer of the directory cannot be read.");
        }

        return result;
    }
}
