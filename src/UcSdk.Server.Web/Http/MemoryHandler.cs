using System.Net;

namespace UcSdk.Server.Web;

/// <summary>Takes requests of an HTTP client to the services without a network between: one handler is one connection.</summary>
internal sealed class MemoryHandler(WebServiceCore core, int maxBodyBytes) : HttpMessageHandler
{
    private const string RemoteHost = "memory";
    private readonly object _connection = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var answer = body.Length > maxBodyBytes
            ? new WebResponse(HttpStatusCode.RequestEntityTooLarge)
            : await core.HandleAsync(new(request.Method.Method, Uri.UnescapeDataString(request.RequestUri!.AbsolutePath), _connection, RemoteHost)
            {
                Authorization = Field(request, "Authorization"),
                Ticket = Field(request, Documents.WebTicket.HeaderName),
                Body = body,
            });
        var response = new HttpResponseMessage(answer.Status) { RequestMessage = request, Content = new ByteArrayContent(answer.Body) };
        if (answer.ContentType is { } type)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override void Dispose(bool disposing)
    {
        core.Forget(_connection);
        base.Dispose(disposing);
    }

    private static string? Field(HttpRequestMessage request, string name) => request.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
