using System.Net;
using UcSdk.Core;

namespace UcSdk;

/// <summary>Fetches what others have named by an address: without credentials, within a time, and no more of it than the caller allows. On the loop only.</summary>
internal sealed class WebDownload(ModelContext context) : IDisposable
{
    // Not HttpClient: its buffers, redirects and time-outs are what is decided here.
    private HttpMessageInvoker? _http;

    private WebOptions Options => context.Options.Web;

    /// <summary>The whole of what is at the address.</summary>
    /// <param name="operation">What it is for, for errors.</param>
    /// <param name="address">Where; what another user or the server has written.</param>
    /// <param name="maxBytes">How much it may be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ServerRequestException">The address is none that is fetched, or the server refused, sent too much or nothing.</exception>
    public async Task<WebContent> GetAsync(string operation, string address, int maxBytes, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = new LoopTimer(context.Loop, giveUp.Cancel);
        timer.SetDeadline(context.Loop.Now + Options.RequestTimeout);
        try
        {
            // A handler of the application may not look at the token: it is not waited for longer.
            return await FollowAsync(operation, Accept(operation, address, null), maxBytes, giveUp.Token).UntilAsync(giveUp.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerRequestException(operation, $"the web server took more than {Options.RequestTimeout}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new ServerRequestException(operation, failure);
        }
    }

    public void Dispose() => _http?.Dispose();

    private async Task<WebContent> FollowAsync(string operation, Uri first, int maxBytes, CancellationToken cancellationToken)
    {
        var url = first;
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("User-Agent", context.Options.UserAgent);
            using var response = await Open().SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return response.StatusCode == HttpStatusCode.OK
                    ? new(await ReadAsync(operation, response.Content, maxBytes, cancellationToken), response.Content.Headers.ContentType?.MediaType ?? "")
                    : throw new ServerRequestException(operation, $"the web server answered {(int)response.StatusCode}");
            }

            if (redirects == Options.MaxRedirects)
            {
                throw new ServerRequestException(operation, $"the web server redirected more than {Options.MaxRedirects} times");
            }

            url = Accept(operation, response.Headers.Location?.OriginalString ?? "", url);
        }
    }

    private Uri Accept(string operation, string address, Uri? from)
    {
        var isRead = from is null ? Uri.TryCreate(address, UriKind.Absolute, out var url) : Uri.TryCreate(from, address, out url);
        var isAllowed = isRead && (url!.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && Options.AllowPlainHttp && from?.Scheme != Uri.UriSchemeHttps));

        // Never the address itself: it may name a user.
        return isAllowed ? url! : throw new ServerRequestException(
            operation, isRead ? $"an address with {url!.Scheme} is not fetched{(from is null ? "" : $" after one with {from.Scheme}")}" : "there is no web address");
    }

    private static async Task<byte[]> ReadAsync(string operation, HttpContent content, int maxBytes, CancellationToken cancellationToken) =>
        await LimitedBody.ReadAsync(content, maxBytes, cancellationToken) ?? throw new ServerRequestException(operation, $"there are more than {maxBytes} bytes");

    private HttpMessageInvoker Open() => _http ??= new(Options.HttpHandler?.Invoke() ?? AutodiscoverHandler.Create(context.Options.Tls, Options.RequestTimeout));
}
