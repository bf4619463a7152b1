using System.Net.Http.Headers;
using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// Sends single HTTP requests. It follows nothing, sends no credentials by itself, and reads no more of an answer than the limits allow. On the loop; one channel has one handler, and so
/// one connection.
/// </summary>
internal sealed class WebChannel(ModelContext context) : IDisposable
{
    private readonly WebOptions _options = context.Options.Web;

    // Not HttpClient: its buffers, redirects and time-outs are what is decided here.
    private readonly HttpMessageInvoker _http = new(context.Options.Web.HttpHandler?.Invoke() ?? Create(context.Options));

    public Task<WebAnswer> GetAsync(Uri url, CancellationToken cancellationToken) => SendAsync(new(HttpMethod.Get, url), cancellationToken);

    /// <summary>Posts a SOAP envelope (SOAP 1.1 §6).</summary>
    public Task<WebAnswer> PostAsync(Uri url, string action, byte[] envelope, CancellationToken cancellationToken, string? authorization = null)
    {
        var content = new ByteArrayContent(envelope);
        content.Headers.ContentType = new MediaTypeHeaderValue(ContentTypes.SoapOverHttp) { CharSet = "utf-8" };
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.TryAddWithoutValidation("SOAPAction", $"\"{action}\"");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return SendAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Create(LyncClientOptions options)
    {
        var handler = AutodiscoverHandler.Create(options.Tls, options.Web.RequestTimeout);
        handler.MaxConnectionsPerServer = 1;
        return handler;
    }

    private async Task<WebAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var host = request.RequestUri!.Host;
        request.Headers.TryAddWithoutValidation("User-Agent", context.Options.UserAgent);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var patience = new LoopTimer(context.Loop, enough.Cancel);
        patience.SetDeadline(context.Loop.Now + _options.RequestTimeout);
        try
        {
            using (request)
            {
                using var response = await _http.SendAsync(request, enough.Token);
                return new((int)response.StatusCode, await ReadAsync(response.Content, host, enough.Token))
                {
                    Challenges = [.. response.Headers.WwwAuthenticate.Select(challenge => challenge.ToString())],
                    Diagnostics = response.Headers.TryGetValues("X-Ms-diagnostics", out var values) ? values.FirstOrDefault() : null,
                };
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or ObjectDisposedException)
        {
            throw new WebServiceException(WebServiceFailure.Unreachable, $"{host} cannot be reached: {(failure.InnerException ?? failure).Message}", failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WebServiceException(WebServiceFailure.TimedOut, $"{host} did not answer within {_options.RequestTimeout}");
        }
    }

    private async Task<byte[]> ReadAsync(HttpContent content, string host, CancellationToken cancellationToken) =>
        await LimitedBody.ReadAsync(content, _options.DocumentLimits.MaxBytes, cancellationToken)
            ?? throw new WebServiceException(WebServiceFailure.Unreadable, $"{host} answers with more than {_options.DocumentLimits.MaxBytes} bytes");
}
