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

    /// <summary>What the directory answered last; null before.</summary>
    public bool? Succeeded { get; private set; }

    /// <summary>Finds those of whom any of the fields begins with the text.</summary>
    /// <exception cref="SipException">Refused, no answer, or the connection is lost.</exception>
    public async Task<DirectorySearchResult> FindAsync(ServerConnection connection, string text, SearchFields fields, uint maxResults, CancellationToken cancellationToken)
    {
        var queries = Attributes
            .Where(known => (known.Field & fields) != 0)
            .SelectMany(known => known.Attributes)
            .Select(attribute => new[] { new DirectorySearchTerm(attribute, ValueOf(attribute, text)) })
            .ToList();
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 2 && fields.HasFlag(SearchFields.FirstName | SearchFields.LastName))
        {
            queries.Add([new(DirectoryAttributes.GivenName, words[0]), new(DirectoryAttributes.Surname, words[1])]);
        }

        return await FindAsync(connection, queries, maxResults, cancellationToken);
    }

    /// <summary>Finds those for whom the terms of any of the queries hold.</summary>
    public async Task<DirectorySearchResult> FindAsync(
        ServerConnection connection, IEnumerable<DirectorySearchTerm[]> queries, uint maxResults, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await Task.WhenAll(queries.Select(terms => AskAsync(connection, new(ValueList.From(terms)) { MaxResults = maxResults }, cancellationToken)));
            Succeeded = true;
            var entries = answers.SelectMany(answer => answer.Entries).DistinctBy(entry => entry.Uri, StringComparer.OrdinalIgnoreCase);
            return new(ValueList.From(entries), answers.Any(answer => answer.MoreAvailable));
        }
        catch (SipException)
        {
            Succeeded = false;
            throw;
        }
    }

    // The directory keeps SIP addresses with their scheme.
    private static string ValueOf(string attribute, string text) =>
        attribute == DirectoryAttributes.SipAddress && !text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? "sip:" + text : text;

    private async Task<DirectorySearchResult> AskAsync(ServerConnection connection, DirectorySearchRequest search, CancellationToken cancellationToken)
    {
        var service = connection.CreateRequest(SipMethod.Service, SipUri.Parse("sip:" + connection.User.Host));
        service.SetBody(ContentTypes.Soap, search.ToBytes());
        var answer = await context.Loop.UntilAsync(connection.Endpoint.SendAsync(service, connection.Flow, CancellationToken.None), cancellationToken);
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
