using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>A ticket for a service, and where the service takes it.</summary>
/// <param name="Endpoint">The URL of the port.</param>
/// <param name="Ticket">The ticket.</param>
/// <param name="UseUntil">From then on another is fetched.</param>
internal sealed record ServiceTicket(Uri Endpoint, WebTicket Ticket, Timestamp UseUntil)
{
    /// <summary>Never the ticket.</summary>
    public override string ToString() => $"ticket for {Endpoint.Host}";
}
