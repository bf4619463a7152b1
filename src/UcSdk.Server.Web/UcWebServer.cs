using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>The web services of an embedded server (<see cref="UcWebServices"/>) on sockets, by Kestrel and HTTP/1.1, as NTLM needs it.</summary>
public sealed class UcWebServer : IAsyncDisposable
{
    private const int MaxHeaderBytes = 32 * 1024;
    private const int MaxConnections = 1000;

    private readonly UcWebServerOptions _options;
    private readonly UcWebServices _services;
    private readonly ILoggerFactory _loggerFactory;
    private WebApplication? _application;

    /// <summary>Makes a web server; nothing is opened before <see cref="StartAsync"/>.</summary>
    /// <param name="server">The server whose users and groups it serves; it is not disposed with it, and lives longer.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The options contradict themselves or are out of range.</exception>
    public UcWebServer(UcServer server, UcWebServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        _options = options ?? new();
        _options.Validate();
        _services = new UcWebServices(server, _options.Services);
        _loggerFactory = server.Options.LoggerFactory;
    }

    /// <summary>The URL by which clients reach it, with the port that was really taken; null before <see cref="StartAsync"/>.</summary>
    public Uri? BaseUrl { get; private set; }

    /// <summary>Begins to listen, and tells clients of the server where.</summary>
    /// <param name="cancellationToken">Gives up; dispose it then.</param>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_application is not null)
        {
            throw new InvalidOperationException("The web server was started before.");
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_loggerFactory);
        builder.WebHost.ConfigureKestrel(Configure);
        _application = builder.Build();
        _application.Run(AnswerAsync);
        await _application.StartAsync(cancellationToken);
        var taken = new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        BaseUrl = new UriBuilder(_options.Listen.Scheme, _options.PublicHost ?? _options.Listen.Host, taken.Port).Uri;
        await _services.StartAsync(BaseUrl, cancellationToken);
    }

    /// <summary>Stops listening, and tells clients of no services any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_application is { } application)
        {
            await application.StopAsync();
            await application.DisposeAsync();
        }

        await _services.DisposeAsync();
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = _services.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Listen(_options.EndPoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection => WatchAsync(next, connection));
            if (_options.IsSecure)
            {
                listen.UseHttps(_options.Certificate!);
            }
        });
    }

    // What NTLM has proven is proven for the connection, and ends with it.
    private async Task WatchAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        var key = new object();
        connection.Items[typeof(UcWebServer)] = key;
        try
        {
            await next(connection);
        }
        finally
        {
            _services.Core.Forget(key);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException refused)
        {
            // Too long, or cut off: Kestrel's limits say which.
            context.Response.StatusCode = refused.StatusCode;
            return;
        }

        var connection = context.Features.Get<Microsoft.AspNetCore.Connections.Features.IConnectionItemsFeature>()?.Items[typeof(UcWebServer)] ?? context.Connection;
        var answer = await _services.Core.HandleAsync(new(request.Method, request.Path.Value ?? "/", connection, (context.Connection.RemoteIpAddress ?? IPAddress.None).ToString())
        {
            Authorization = request.Headers.Authorization.ToString() is { Length: > 0 } authorization ? authorization : null,
            Ticket = request.Headers[WebTicket.HeaderName].ToString() is { Length: > 0 } ticket ? ticket : null,
            Body = body.ToArray(),
        });
        context.Response.StatusCode = (int)answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers.Append(name, value);
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
