using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Gets web tickets and keeps them until shortly before they expire ([MS-OCAUTHWS] §3.2): the service's metadata names its issuer, the issuer's metadata the port for Windows accounts, and that
/// port gives the ticket to who proves the account. Whoever wants the same ticket meanwhile waits for it. On the loop.
/// </summary>
internal sealed class WebTickets(ModelContext context) : IDisposable
{
    // An expired ticket costs a round trip more than one that is fetched in time.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    // Of tickets that do not say how long they are good.
    private static readonly TimeSpan UnknownLife = TimeSpan.FromMinutes(10);

    private const int EntropyBytes = 32;

    private readonly CancellationTokenSource _ended = new();
    private readonly Dictionary<(string User, Uri Service), Task<ServiceTicket>> _tickets = [];

    /// <summary>The ticket of the user for a service.</summary>
    /// <exception cref="WebServiceException">There is none to be had.</exception>
    public async Task<ServiceTicket> GetAsync(ServerConnection connection, Uri service, string port, CancellationToken cancellationToken)
    {
        var key = (connection.User.Text, service);
        if (!_tickets.TryGetValue(key, out var pending) || pending.IsFaulted || pending.IsCanceled || (pending.IsCompletedSuccessfully && (await pending).UseUntil <= context.Loop.Now))
        {
            _tickets[key] = pending = FetchAsync(connection, service, port);
        }

        try
        {
            return await pending.UntilAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WebServiceException(WebServiceFailure.Unreachable, "the client was disposed");
        }
    }

    /// <summary>Gives up what is being fetched.</summary>
    public void Dispose() => _ended.Cancel();

    /// <summary>A service has not taken the ticket.</summary>
    public void Forget(ServiceTicket ticket)
    {
        foreach (var (key, pending) in _tickets.ToArray())
        {
            if (pending.IsCompletedSuccessfully && ReferenceEquals(pending.Result, ticket))
            {
                _tickets.Remove(key);
            }
        }
    }

    private async Task<ServiceTicket> FetchAsync(ServerConnection connection, Uri service, string portName)
    {
        // A connection of its own: what NTLM proves on it is proven for whatever else it carries.
        using var channel = new WebChannel(context);
        var port = await FindPortAsync(channel, service, portName);
        var endpoint = Follow(connection, service, port.Location);
        if (port.RequiresProof)
        {
            throw new WebServiceException(WebServiceFailure.NotOffered, $"{service.Host} wants requests signed with the key of the ticket");
        }

        if (port.TicketIssuer is null)
        {
            throw new WebServiceException(WebServiceFailure.NotOffered, $"{service.Host} does not say whose tickets it takes");
        }

        var issuer = Follow(connection, service, port.TicketIssuer);
        var logon = await FindPortAsync(channel, issuer, WebServicePortNames.TicketByWindowsLogon);
        var entropy = new byte[EntropyBytes];
        context.Random.Fill(entropy);
        var request = new WebTicketRequest(port.Location) { Context = context.Random.NextGuid().ToString(), UserUri = connection.User.AddressOfRecord.Text, Entropy = ValueList.Create<byte>(entropy) };
        var answer = await new WebLogon(context, channel).PostAsync(
            Follow(connection, service, logon.Location), WebTicketRequest.SoapAction, request.ToBytes(), CredentialsOf(connection), _ended.Token);
        return Read(answer, endpoint);
    }

    private async Task<WebServicePort> FindPortAsync(WebChannel channel, Uri service, string name)
    {
        var answer = await channel.GetAsync(new(service.AbsoluteUri.TrimEnd('/') + WebServiceMetadata.Path), _ended.Token);
        if (!answer.IsSuccess)
        {
            throw WebServiceException.Of(WebServiceFailure.Refused, $"{service.Host} does not describe its service", answer);
        }

        if (!WebServiceMetadata.TryRead(answer.Body, out var metadata, out var error, context.Options.Web.DocumentLimits))
        {
            throw new WebServiceException(WebServiceFailure.Unreadable, $"the metadata of {service.Host} cannot be read: {error}");
        }

        return metadata[name] ?? throw new WebServiceException(WebServiceFailure.NotOffered, $"{service.Host} has no port {name}");
    }

    private ServiceTicket Read(WebAnswer answer, Uri endpoint)
    {
        if (!answer.IsSuccess)
        {
            throw WebServiceException.Of(
                WebServiceFailure.Refused, "the web ticket service refuses", answer, SoapFault.TryRead(answer.Body, out var fault, out _, context.Options.Web.DocumentLimits) ? fault : null);
        }

        if (!WebTicketResponse.TryRead(answer.Body, out var response, out var error, context.Options.Web.DocumentLimits))
        {
            throw new WebServiceException(WebServiceFailure.Unreadable, $"the answer of the web ticket service cannot be read: {error}");
        }

        // The issuer's clock may be wrong; how long the ticket is good, it still knows.
        var life = response.Ticket is { Created: { } created, Expires: { } expires } && expires > created ? expires - created : UnknownLife;
        return new(endpoint, response.Ticket, context.Loop.Now + (life - (life / 10 < Margin ? life / 10 : Margin)));
    }

    // Metadata may come over a connection that proved its name, and still say anything; passwords and tickets go to the service's own host, its like, and trusted domains.
    private Uri Follow(ServerConnection connection, Uri service, string location)
    {
        if (!TryParse(location, context.Options.Web, out var url, out var why))
        {
            throw new WebServiceException(WebServiceFailure.NotTrusted, why);
        }

        var trust = new TrustedDomains(connection.User.Host, context.Options.Discovery.TrustedServerDomains);
        return (url.Scheme == Uri.UriSchemeHttps || service.Scheme == Uri.UriSchemeHttp) && (TrustedDomains.AreNeighbours(service.IdnHost, url.IdnHost) || trust.Contains(url.IdnHost))
            ? url
            : throw new WebServiceException(WebServiceFailure.NotTrusted, $"the metadata of {service.Host} leads from {service.Scheme} to {url.Scheme}, or {trust.Refuse(url.IdnHost)}");
    }

    private SipCredentials? CredentialsOf(ServerConnection connection) => context.Options.Password is { IsCleared: false } password
        ? new(context.Options.UserName ?? connection.User.User, password)
        : null;

    /// <summary>Reads a URL that a server has named.</summary>
    public static bool TryParse(string text, WebOptions options, [NotNullWhen(true)] out Uri? url, out string why)
    {
        why = "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0)
        {
            why = "what the server names is no URL of a web service";
        }
        else if (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback && !options.AllowPlainHttp)
        {
            why = $"{url.Host} is named for plain HTTP ({nameof(WebOptions.AllowPlainHttp)})";
        }

        url = why.Length == 0 ? url : null;
        return url is not null;
    }
}
