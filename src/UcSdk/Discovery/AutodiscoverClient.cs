using System.Net;
using System.Net.Http.Headers;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Gets single Autodiscover resources. It follows nothing, sends no credentials, and reads no more of an answer than the limits allow.
/// </summary>
internal sealed class AutodiscoverClient(HttpMessageHandler handler, DocumentLimits limits, string userAgent) : IDisposable
{
    private const string TicketHeader = "X-MS-WebTicketURL";

    // Not HttpClient: its buffers, redirects and time-outs are what is decided here.
    private readonly HttpMessageInvoker _http = new(handler);

    /// <summary>The root resource that a host answers for a user ([MS-OCDISCWS] §3.1.5.2, as clients ask for it).</summary>
    public static Uri RootAt(string scheme, string host, SipUri user) => WithUser(new Uri($"{scheme}://{host}/"), user);

    /// <summary>The same URL with the parameter that every request of a root resource must have (§2.2.3.1).</summary>
    public static Uri WithUser(Uri url, SipUri user)
    {
        if (url.Query.Contains("sipuri=", StringComparison.OrdinalIgnoreCase))
        {
            return url;
        }

        // A colon and an at sign are allowed in a query (RFC 3986 §3.4), and are what servers are used to.
        var parameter = "sipuri=" + Uri.EscapeDataString($"sip:{user.User}@{user.Host}").Replace("%3A", ":", StringComparison.Ordinal).Replace("%40", "@", StringComparison.Ordinal);
        return new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query}&{parameter}" : parameter }.Uri;
    }

    public async Task<AutodiscoverAnswer> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(ContentTypes.Autodiscover) { Parameters = { new NameValueHeaderValue("v", "1") } });
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return await ReadAsync(url, response, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            return AutodiscoverAnswer.Of(failure.HttpRequestError == HttpRequestError.NameResolutionError
                ? DiscoveryFinding.Of(DiscoveryOutcome.NotFound, $"{url.Host} has no address")
                : DiscoveryFinding.Of(DiscoveryOutcome.Failed, $"{url.Host}: {Explain(failure)}") with { NobodyAsked = true });
        }
        catch (IOException failure)
        {
            return AutodiscoverAnswer.Of(DiscoveryFinding.Of(DiscoveryOutcome.Failed, $"{url.Host}: {failure.Message}"));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<AutodiscoverAnswer> ReadAsync(Uri url, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.RequestMessage?.RequestUri is { } answered && answered != url)
        {
            return Refuse($"the HTTP handler went to {answered.Host} by itself");
        }

        if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308)
        {
            return response.Headers.Location is { } location
                ? new AutodiscoverAnswer(response.StatusCode) { Location = location.OriginalString }
                : Refuse($"{url.Host} redirects to nowhere");
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new AutodiscoverAnswer(response.StatusCode)
            {
                WantsTicket = response.StatusCode == HttpStatusCode.Unauthorized || response.Headers.Contains(TicketHeader),
            };
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (!IsAutodiscover(type))
        {
            return Refuse($"{url.Host} answers with {(type.Length == 0 ? "no content type" : type)}");
        }

        if (await LimitedBody.ReadAsync(response.Content, limits.MaxBytes, cancellationToken) is not { } body)
        {
            return Refuse($"{url.Host} answers with more than {limits.MaxBytes} bytes");
        }

        return AutodiscoverResponse.TryRead(body, out var document, out var error, limits)
            ? new AutodiscoverAnswer(response.StatusCode) { Document = document }
            : Refuse($"the document of {url.Host} cannot be read: {error}");
    }

    private static bool IsAutodiscover(string type) =>
        type.Equals(ContentTypes.Autodiscover, StringComparison.OrdinalIgnoreCase)
        || type.Equals(ContentTypes.AutodiscoverJson, StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static AutodiscoverAnswer Refuse(string why) => AutodiscoverAnswer.Of(DiscoveryFinding.Of(DiscoveryOutcome.Refused, why));

    // The outer message of a TLS failure says only to look inside.
    private static string Explain(HttpRequestException failure) => failure switch
    {
        { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } inner } => inner.Message,
        _ => failure.Message,
    };
}
