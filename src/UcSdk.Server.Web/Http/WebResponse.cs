using System.Net;
using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>An HTTP response.</summary>
/// <param name="Status">The status.</param>
internal sealed record WebResponse(HttpStatusCode Status)
{
    private const string Utf8 = "; charset=utf-8";

    /// <summary>Its type; null without a body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Header fields beside those of the body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static WebResponse Soap(byte[] envelope) => new(HttpStatusCode.OK) { ContentType = ContentTypes.SoapOverHttp + Utf8, Body = envelope };

    /// <summary>A refusal inside SOAP, which over HTTP has one status (SOAP 1.1 §6.2).</summary>
    public static WebResponse Fault(SoapFault fault) => Soap(fault.ToBytes()) with { Status = HttpStatusCode.InternalServerError };

    public WebResponse With(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };
}
