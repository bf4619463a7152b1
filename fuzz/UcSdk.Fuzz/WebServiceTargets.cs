using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Fuzz;

/// <summary>The target of the web services: what their servers, and who asks them, may send. Tickets must survive to the character.</summary>
internal static class WebServiceTargets
{
    public static readonly FuzzTarget Web = new("web", "web", Run);

    private static void Run(byte[] input, RandomSource random)
    {
        if (WebTicketResponse.TryRead(input, out var response, out _))
        {
            FuzzFinding.Require(
                WebTicketResponse.TryRead(response.ToBytes(), out var again, out var error) && again.Ticket.Assertion == response.Ticket.Assertion, $"a ticket survives to the character: {error}");
        }

        if (WebTicketRequest.TryRead(input, out var request, out _))
        {
            FuzzFinding.Require(WebTicketRequest.TryRead(request.ToBytes(), out var again, out var error) && again == request, $"a request for a ticket survives: {error}");
        }

        if (WebServiceMetadata.TryRead(input, out var metadata, out _))
        {
            FuzzFinding.Require(WebServiceMetadata.TryRead(metadata.ToBytes(), out _, out var error), $"metadata that was written can be read: {error}");
        }

        if (WebServiceHeader.TryRead(input, out var header, out _))
        {
            var bytes = new DistributionListRequest("sales@contoso.test").ToBytes(header);
            FuzzFinding.Require(
                WebServiceHeader.TryRead(bytes, out var again, out var error) && again.Ticket?.Assertion == header.Ticket?.Assertion, $"the ticket of a header survives to the character: {error}");
        }

        if (DistributionListRequest.TryRead(input, out var expansion, out _))
        {
            FuzzFinding.Require(DistributionListRequest.TryRead(expansion.ToBytes(), out var again, out var error) && again == expansion, $"a request for members survives: {error}");
        }

        if (DistributionListResult.TryRead(input, out var group, out _))
        {
            FuzzFinding.Require(DistributionListResult.TryRead(group.ToBytes(), out var again, out var error) && again.Members.Count == group.Members.Count, $"no member is lost or made: {error}");
        }
    }
}
