using System.Net;

namespace UcSdk.Server.Web.Tests;

/// <summary>Stands between an HTTP client and the services: writes down what is asked and answered, and answers in their place where a test says so.</summary>
internal sealed class TapHandler(HttpMessageHandler inner, List<string> lines, Func<HttpRequestMessage, HttpResponseMessage?> instead) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var action = request.Headers.TryGetValues("SOAPAction", out var actions) ? " " + actions.Single().Trim('"').Split('/')[^1] : "";
        var scheme = request.Headers.Authorization is { } authorization ? " " + authorization.Scheme : "";
        var line = $"{request.Method} {request.RequestUri!.AbsolutePath}{action}{scheme}";
        try
        {
            var response = instead(request) ?? await base.SendAsync(request, cancellationToken);
            response.RequestMessage = request;
            lines.Add($"{line} → {(int)response.StatusCode}");
            return response;
        }
        catch (HttpRequestException)
        {
            lines.Add($"{line} → nobody");
            throw;
        }
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string body = "", string type = "text/xml")
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        response.Content.Headers.ContentType = new(type);
        return response;
    }
}
