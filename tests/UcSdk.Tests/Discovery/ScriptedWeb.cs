using System.Net;
using System.Net.Http.Headers;
using System.Text;
using UcSdk.Documents;

namespace UcSdk.Tests.Discovery;

/// <summary>Web servers that answer what the test has written down; any other host has no address. It keeps every request.</summary>
internal sealed class ScriptedWeb : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> _pages = [];
    private readonly HashSet<string> _silent = [];

    /// <summary>The URLs that were asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Every header of every request.</summary>
    public List<string> Headers { get; } = [];

    public bool IsDisposed { get; private set; }

    /// <summary>A page by its URL without query.</summary>
    public ScriptedWeb On(string page, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _pages[page] = answer;
        return this;
    }

    public ScriptedWeb Document(string page, string xml, string type = ContentTypes.Autodiscover) => On(page, _ => Answer(xml, type));

    public ScriptedWeb Root(string page, params (string Token, string Href)[] links) =>
        Document(page, $"<AutodiscoverResponse><Root>{string.Concat(links.Select(link => $"""<Link token="{link.Token}" href="{link.Href}"/>"""))}</Root></AutodiscoverResponse>");

    public ScriptedWeb Status(string page, HttpStatusCode status, string? header = null) => On(page, _ =>
    {
        var response = new HttpResponseMessage(status);
        if (header is not null)
        {
            response.Headers.TryAddWithoutValidation(header, "https://web.contoso.com/WebTicket/WebTicketService.svc");
        }

        return response;
    });

    public ScriptedWeb Moved(string page, string? location, HttpStatusCode status = HttpStatusCode.Found) => On(page, _ =>
    {
        var response = new HttpResponseMessage(status);
        response.Headers.Location = location is null ? null : new Uri(location, UriKind.RelativeOrAbsolute);
        return response;
    });

    public ScriptedWeb Broken(string page, HttpRequestError error) => On(page, _ => throw new HttpRequestException(error, "It is broken."));

    /// <summary>Takes the request and never answers, whatever the token says.</summary>
    public ScriptedWeb Silent(string page)
    {
        _silent.Add(page);
        return this;
    }

    public static HttpResponseMessage Answer(string text, string type) => Answer(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), type);

    public static HttpResponseMessage Answer(HttpContent content, string type)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        Asked.Add(url.ToString());
        Headers.AddRange(request.Headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));
        var page = url.GetLeftPart(UriPartial.Path);
        if (_silent.Contains(page))
        {
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        }

        if (!_pages.TryGetValue(page, out var answer))
        {
            throw new HttpRequestException(HttpRequestError.NameResolutionError, "No such host.");
        }

        var response = answer(request);
        response.RequestMessage ??= request;
        return Task.FromResult(response);
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
