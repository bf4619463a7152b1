using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A server's side of presence, said by hand after [MS-PRES] §§2.2.2, 3.4 and 4, RFC 4662 and RFC 3863.</summary>
internal sealed class PresenceScript
{
    public const string Categories = "application/msrtc-event-categories+xml";
    private const string Boundary = "50UBfW7LSCVLtggUPe5z";
    private readonly Lab _lab;

    public PresenceScript(Lab lab)
    {
        _lab = lab;
        lab.Server.Answers["SUBSCRIBE presence"] = Answer;
    }

    /// <summary>What the server knows, as categories by user; who is not here is not told of.</summary>
    public Dictionary<string, string> Known { get; } = [];

    /// <summary>Every batch received.</summary>
    public IEnumerable<SipRequest> Asked => _lab.Server.Requests.Where(request => request.Name == "SUBSCRIBE presence").Select(request => request.Request);

    public Task<SipResponse?> Answer(SipRequest request)
    {
        if (request.Body.IsEmpty)
        {
            return _lab.Server.Reply(request, 200, "Event: presence\r\nExpires: 0\r\nsubscription-state: terminated;expires=0\r\nms-piggyback-cseq: 1\r\n\r\n");
        }

        var isFetch = request.Headers[HeaderName.Expires] == "0";
        var told = Resources(request, "subscribe").Where(Known.ContainsKey).ToArray();
        return _lab.Server.Reply(
            request,
            200,
            $"Event: presence\r\nsubscription-state: {(isFetch ? "terminated;expires=0" : "active;expires=28800")}\r\nExpires: {(isFetch ? 0 : 28800)}\r\nms-piggyback-cseq: 1\r\n"
            + Multipart(told.Select(uri => (uri, $"<instance id=\"0\" state=\"active\" cid=\"{uri[4..]}\"/>", (string?)Known[uri])).ToArray()));
    }

    public Task TellAsync(string headersAndBody, string method = "BENOTIFY", string state = "active;expires=28000") =>
        _lab.Server.SendInDialogAsync("presence", method, $"Event: presence\r\nsubscription-state: {state}\r\n{headersAndBody}");

    public Task TellStateAsync(string uri, int availability) => TellAsync(Document(Of(uri, State(availability))));

    public static string Document(string body, string type = Categories) => $"Content-Type: {type}\r\n\r\n{body}";

    /// <summary>A resource list with its parts (RFC 4662 §5.1; [MS-PRES] §4.6).</summary>
    public static string Multipart(params (string Uri, string Instance, string? Categories)[] resources) =>
        $"Content-Type: multipart/related; type=\"application/rlmi+xml\"; start=resourceList; boundary={Boundary}\r\n\r\n"
        + $"--{Boundary}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: resourceList\r\nContent-Type: application/rlmi+xml\r\n\r\n"
        + "<list xmlns=\"urn:ietf:params:xml:ns:rlmi\" uri=\"sip:alice@contoso.com\" version=\"0\" fullState=\"false\">"
        + string.Concat(resources.Select(resource => $"<resource uri=\"{resource.Uri}\">{resource.Instance}</resource>")) + "</list>\r\n"
        + string.Concat(resources.Where(resource => resource.Categories is not null).Select(resource =>
            $"--{Boundary}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {resource.Uri[4..]}\r\nContent-Type: {Categories}\r\n\r\n{Of(resource.Uri, resource.Categories!)}\r\n"))
        + $"--{Boundary}--\r\n";

    public static string Of(string uri, string categories) => $"<categories xmlns=\"http://schemas.microsoft.com/2006/09/sip/categories\" uri=\"{uri}\">{categories}</categories>";

    public static string State(int availability, string inside = "", string attributes = "", string time = "2011-01-01T10:00:00.123") =>
        $"<category name=\"state\" instance=\"1\" publishTime=\"{time}\"><state xmlns=\"http://schemas.microsoft.com/2006/09/sip/state\" "
        + $"xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"aggregateState\" {attributes}><availability>{availability}</availability>{inside}</state></category>";

    public static string Note(string type, string text, string time, uint instance = 0, string attributes = "") =>
        $"<category name=\"note\" instance=\"{instance}\" publishTime=\"{time}\"><note xmlns=\"http://schemas.microsoft.com/2006/09/sip/note\">"
        + $"<body type=\"{type}\" uri=\"\" {attributes}>{text}</body></note></category>";

    public static string Card(string inside, uint instance = 0) =>
        $"<category name=\"contactCard\" instance=\"{instance}\" publishTime=\"2011-01-01T10:00:00\"><contactCard xmlns=\"http://schemas.microsoft.com/2006/09/sip/contactcard\">{inside}</contactCard></category>";

    /// <summary>Whom a batch names in its action of that name.</summary>
    public static string[] Resources(SipRequest request, string action)
    {
        var text = request.BodyText;
        var start = text.IndexOf($"name=\"{action}\"", StringComparison.Ordinal);
        return start < 0 ? [] : [.. text[start..text.IndexOf("</action>", start, StringComparison.Ordinal)].Split("<resource uri=\"").Skip(1).Select(part => part[..part.IndexOf('"')])];
    }
}
