namespace UcSdk.Server.Web;

/// <summary>
/// The web services of an embedded server, without a network: web tickets ([MS-OCAUTHWS]), queries of the address book and the expansion of distribution groups ([MS-DLX]), Autodiscover
/// ([MS-OCDISCWS]). HTTP clients in the same process reach them by <see cref="CreateHandler"/>; <see cref="UcWebServer"/> puts them on sockets.
/// </summary>
public sealed class UcWebServices : IAsyncDisposable
{
    private readonly UcServer _server;
    private readonly UcWebOptions _options;

    /// <summary>Makes services; nobody is told of them before <see cref="StartAsync"/>.</summary>
    /// <param name="server">The server whose users and groups they serve; it is not disposed with them, and lives longer.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public UcWebServices(UcServer server, UcWebOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        _server = server;
        _options = options ?? new();
        _options.Validate();
        Core = new WebServiceCore(server, _options);
    }

    internal WebServiceCore Core { get; }

    internal int MaxBodyBytes => _options.MaxBodyBytes;

    /// <summary>Begins to answer, and tells clients that sign in from now on where (<c>dlxInternalUrl</c> and its like, [MS-SIPREGE] §2.2.2).</summary>
    /// <param name="baseUrl">Under which URL clients reach the services, e.g. <c>https://sip.contoso.test:8443</c>; its path is not regarded.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">It is no absolute URL of <c>http</c> or <c>https</c>.</exception>
    public Task StartAsync(Uri baseUrl, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        if (!baseUrl.IsAbsoluteUri || baseUrl.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException("The base of the services is an absolute URL of http or https.", nameof(baseUrl));
        }

        return _server.Loop.InvokeAsync(() =>
        {
            Core.Open(baseUrl);
            return Task.CompletedTask;
        }).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// What an HTTP client of this process sends its requests through in the place of a network, for whatever host. One handler is one connection, which NTLM proves as a whole: give
    /// each client its own.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new MemoryHandler(Core, _options.MaxBodyBytes);

    /// <summary>Stops answering (503), and tells clients of no services any more. All tickets are worth nothing from then on.</summary>
    public async ValueTask DisposeAsync() => await _server.Loop.InvokeAsync(() =>
    {
        Core.Dispose();
        return Task.CompletedTask;
    });
}
