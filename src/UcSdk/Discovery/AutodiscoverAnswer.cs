using System.Net;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>What one GET of an Autodiscover resource brought.</summary>
internal sealed record AutodiscoverAnswer(HttpStatusCode Status)
{
    /// <summary>The document of a 200; null for any other status.</summary>
    public AutodiscoverResponse? Document { get; init; }

    /// <summary>Where a 3xx leads; null for any other status.</summary>
    public string? Location { get; init; }

    /// <summary>True when the server wants a web ticket ([MS-OCDISCWS] §3.1.5.3).</summary>
    public bool WantsTicket { get; init; }

    /// <summary>Why there is no answer that means anything; null when there is one.</summary>
    public DiscoveryFinding? Failure { get; init; }

    public static AutodiscoverAnswer Of(DiscoveryFinding failure) => new(default(HttpStatusCode)) { Failure = failure };
}
