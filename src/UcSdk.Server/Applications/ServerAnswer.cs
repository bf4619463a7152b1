using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>What an application answers to a request, before it is tied to a transaction: the cores make these, the edge sends them.</summary>
/// <param name="StatusCode">200–699.</param>
/// <param name="ReasonPhrase">Null for the usual phrase.</param>
internal sealed record ServerAnswer(int StatusCode, string? ReasonPhrase = null)
{
    /// <summary>Header fields to add, in order.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    public string ContentType { get; init; } = "";

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What <c>ms-diagnostics</c> says ([MS-OCER] §2.2.1); null for none.</summary>
    public ServerDiagnostic? Diagnostic { get; init; }

    public bool IsSuccess => StatusCode < 300;

    /// <summary>A refusal that tells the client's support staff why.</summary>
    public static ServerAnswer Refuse(int statusCode, ServerDiagnostic diagnostic) => new(statusCode) { Diagnostic = diagnostic };

    public ServerAnswer With(HeaderName name, string value) => this with { Headers = [.. Headers, new SipHeader(name, value)] };

    /// <summary>Writes the answer into a response.</summary>
    /// <param name="response">A response to the request, so far with the copied headers only.</param>
    /// <param name="source">The name of this server, for the diagnostics.</param>
    public void ApplyTo(SipResponse response, string source)
    {
        foreach (var header in Headers)
        {
            response.Headers.Add(header.Name, header.Value);
        }

        if (Diagnostic is { } diagnostic)
        {
            response.Headers.Add(HeaderName.MsDiagnostics, new MsDiagnostics(diagnostic.Id, diagnostic.Reason, source).ToString());
        }

        if (ContentType.Length > 0)
        {
            response.SetBody(ContentType, Body);
        }
    }
}
