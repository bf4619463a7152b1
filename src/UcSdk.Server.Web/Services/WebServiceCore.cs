using System.Net;
using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>
/// All web services of a server: a request in, a response out, without a socket. Everything happens on the server's loop, with its clock and its randomness.
/// </summary>
internal sealed class WebServiceCore : IDisposable
{
    private readonly UcServer _server;
    private readonly TicketMint _mint;
    private readonly NtlmConnections _connections;
    private readonly TicketService _tickets;
    private readonly AddressBookService _addressBook;
    private readonly AutodiscoverService _autodiscover;
    private string _baseUrl = "";
    private bool _isOpen;

    public WebServiceCore(UcServer server, UcWebOptions options)
    {
        _server = server;
        _mint = new TicketMint(server.Runtime.Random, options.TicketLifetime);
        _connections = new NtlmConnections(server.Logins, () => server.Loop.Now, options.MaxConnections)
        {
            Refused = why => Log.CredentialsRefused(server.Logger, "POST", (int)HttpStatusCode.Unauthorized, why),
        };
        _tickets = new TicketService(server, _mint, _connections, server.Options.Authentication.ServerName ?? "sip." + server.Domain);
        _addressBook = new AddressBookService(server, options);
        _autodiscover = new AutodiscoverService(server, _mint);
    }

    /// <summary>Handshakes under way and connections proven.</summary>
    public int Connections => _connections.Count;

    /// <summary>Begins to serve under the URL, and tells clients so. On the loop.</summary>
    public void Open(Uri baseUrl)
    {
        _baseUrl = baseUrl.GetLeftPart(UriPartial.Authority);
        _mint.Issuer = _baseUrl + WebPaths.TicketService;
        _tickets.Audiences = [_baseUrl + WebPaths.AddressBookPort, _baseUrl + WebPaths.AutodiscoverUser];
        _server.Advertise(new(_baseUrl + WebPaths.AddressBook));
        _isOpen = true;
    }

    /// <summary>Answers a request, on the loop.</summary>
    public Task<WebResponse> HandleAsync(WebRequest request) => _server.Loop.InvokeAsync(() => Handle(request));

    /// <summary>The connection is gone.</summary>
    public void Forget(object connection) => _server.Loop.Run(() => _connections.Forget(connection));

    /// <summary>Serves no more, and tells clients so. On the loop.</summary>
    public void Dispose()
    {
        if (_isOpen)
        {
            _isOpen = false;
            _server.Advertise(null);
        }

        _connections.Clear();
        _mint.Dispose();
    }

    private WebResponse Handle(WebRequest request)
    {
        if (!_isOpen)
        {
            return new(HttpStatusCode.ServiceUnavailable);
        }

        return request.Method switch
        {
            "GET" => Get(request),
            "POST" => Post(request),
            _ => new WebResponse(HttpStatusCode.MethodNotAllowed).With("Allow", "GET, POST"),
        };
    }

    private WebResponse Get(WebRequest request) => request.Path switch
    {
        var path when WebPaths.Is(path, WebPaths.TicketService + WebServiceMetadata.Path) => Describe(new(WebServicePortNames.TicketByWindowsLogon, _baseUrl + WebPaths.TicketPort)),
        var path when WebPaths.Is(path, WebPaths.AddressBook + WebServiceMetadata.Path) => Describe(
            new(WebServicePortNames.AddressBookTicket, _baseUrl + WebPaths.AddressBookPort) { TicketIssuer = _mint.Issuer }),
        var path when WebPaths.Is(path, "") || WebPaths.Is(path, WebPaths.Autodiscover) => _autodiscover.Root(_baseUrl),
        var path when WebPaths.Is(path, WebPaths.AutodiscoverDomain) => _autodiscover.Domain(),
        var path when WebPaths.Is(path, WebPaths.AutodiscoverUser) => _autodiscover.User(request, _baseUrl),
        _ => new(HttpStatusCode.NotFound),
    };

    private WebResponse Post(WebRequest request)
    {
        if (WebPaths.Is(request.Path, WebPaths.TicketPort))
        {
            return _tickets.Handle(request);
        }

        return WebPaths.Is(request.Path, WebPaths.AddressBookPort) ? WithTicket(request, _baseUrl + WebPaths.AddressBookPort, _addressBook.Handle) : new(HttpStatusCode.NotFound);
    }

    private WebResponse WithTicket(WebRequest request, string audience, Func<WebRequest, WebResponse> handle)
    {
        if (!WebServiceHeader.TryRead(request.Body, out var header, out var error))
        {
            return WebServiceFaults.Unreadable(error);
        }

        var verdict = _mint.Judge(header.Ticket, audience, _server.Runtime.Time.GetUtcNow());
        if (verdict.User is not { } user)
        {
            return WebServiceFaults.OfTicket(verdict.Error);
        }

        // Who has been disabled since has a ticket still.
        return Sip.SipUri.TryParse(user, out var address) && _server.Directory.TryFind(address, out var known) && known.IsEnabled
            ? handle(request)
            : WebServiceFaults.OfTicket(WebServiceErrors.UserNotEnabled);
    }

    private static WebResponse Describe(WebServicePort port) => WebResponse.Soap(new WebServiceMetadata([port]).ToBytes());
}
