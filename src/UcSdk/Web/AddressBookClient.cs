using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// Asks the web service of the address book ([MS-ABS], [MS-DLX]) with a web ticket. A ticket that the service does not take any more is replaced once, unnoticed. On the loop.
/// </summary>
internal sealed class AddressBookClient(ModelContext context, WebTickets tickets) : IDisposable
{
    private WebChannel? _channel;

    /// <summary>Where people are searched; null when the server names no such service.</summary>
    public static string? SearchUrl(ServerConnection connection) => connection.Settings?.ServerConfiguration is { } known
        // Servers have both services in one, and name it as that of the groups (dlxInternalUrl); the setting of its own came later.
        ? connection.IsRemoteUser ? known.AddressBookQueryExternalUrl ?? known.ExpansionExternalUrl : known.AddressBookQueryInternalUrl ?? known.ExpansionInternalUrl
        : null;

    /// <summary>Where groups are expanded; null when the server names no such service.</summary>
    public static string? ExpansionUrl(ServerConnection connection) =>
        connection.IsRemoteUser ? connection.Settings?.ServerConfiguration?.ExpansionExternalUrl : connection.Settings?.ServerConfiguration?.ExpansionInternalUrl;

    /// <summary>Searches for entries.</summary>
    /// <exception cref="WebServiceException">The service did not answer, or not so.</exception>
    public async Task<SearchAbEntryResult> SearchAsync(ServerConnection connection, SearchAbEntryRequest request, CancellationToken cancellationToken)
    {
        var body = await AskAsync(connection, SearchUrl(connection), SearchAbEntryRequest.SoapAction, request.ToBytes, cancellationToken);
        return SearchAbEntryResult.TryRead(body, out var result, out var error, context.Options.Web.DocumentLimits) ? result : throw Unreadable(error);
    }

    /// <summary>Asks for the members of a group, one level.</summary>
    /// <exception cref="WebServiceException">The service did not answer, or not so, or there is no such group.</exception>
    public async Task<DistributionListResult> ExpandAsync(ServerConnection connection, string email, CancellationToken cancellationToken)
    {
        var body = await AskAsync(connection, ExpansionUrl(connection), DistributionListRequest.SoapAction, new DistributionListRequest(email).ToBytes, cancellationToken);
        return DistributionListResult.TryRead(body, out var result, out var error, context.Options.Web.DocumentLimits) ? result : throw Unreadable(error);
    }

    public void Dispose()
    {
        tickets.Dispose();
        _channel?.Dispose();
    }

    private static WebServiceException Unreadable(DocumentError error) => new(WebServiceFailure.Unreadable, $"the answer of the address book cannot be read: {error}");

    private async Task<byte[]> AskAsync(ServerConnection connection, string? text, string action, Func<WebServiceHeader?, byte[]> write, CancellationToken cancellationToken)
    {
        if (text is null)
        {
            throw new WebServiceException(WebServiceFailure.NotOffered, "the server names no web service for that");
        }

        if (!WebTickets.TryParse(text, context.Options.Web, out var service, out var why))
        {
            throw new WebServiceException(WebServiceFailure.NotTrusted, why);
        }

        _channel ??= new WebChannel(context);
        for (var isSecond = false; ; isSecond = true)
        {
            var ticket = await tickets.GetAsync(connection, service, WebServicePortNames.AddressBookTicket, cancellationToken);
            var header = new WebServiceHeader { To = ticket.Endpoint.AbsoluteUri, Action = action, MessageId = $"uuid:{context.Random.NextGuid()}", Ticket = ticket.Ticket };
            var answer = await _channel.PostAsync(ticket.Endpoint, action, write(header), cancellationToken);
            if (answer.IsSuccess)
            {
                return answer.Body;
            }

            var fault = SoapFault.TryRead(answer.Body, out var read, out _, context.Options.Web.DocumentLimits) ? read : null;
            var isTicket = IsAboutTicket(answer, fault);
            if (isTicket)
            {
                tickets.Forget(ticket);
            }

            if (!isTicket || isSecond)
            {
                throw WebServiceException.Of(isTicket ? WebServiceFailure.TicketRefused : Classify(fault), "the address book refuses", answer, fault);
            }
        }
    }

    private static bool IsAboutTicket(WebAnswer answer, SoapFault? fault) =>
        answer.Status == WebAnswer.Unauthorized || (fault is not null && WebServiceDiagnostics.Of(fault) is { } diagnostics && WebServiceErrors.AreCuredByNewTicket(diagnostics.ErrorId));

    private static WebServiceFailure Classify(SoapFault? fault) => fault?.Code switch
    {
        DistributionListResult.GroupNotFound => WebServiceFailure.GroupNotFound,
        DistributionListResult.TooManyMembers => WebServiceFailure.TooManyMembers,
        _ => WebServiceFailure.Refused,
    };
}
