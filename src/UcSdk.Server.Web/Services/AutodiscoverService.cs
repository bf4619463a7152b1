using System.Net;
using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>Tells clients where the SIP server is ([MS-OCDISCWS] §3.2): for the domain to anybody, for a user to who has a ticket. On the loop only.</summary>
internal sealed class AutodiscoverService(UcServer server, TicketMint mint)
{
    private const string TicketUrlHeader = "X-MS-WebTicketURL";

    public WebResponse Root(string baseUrl) => Answer(new(AutodiscoverResourceKind.Root,
    [
        new(AutodiscoverTokens.Domain, baseUrl + WebPaths.AutodiscoverDomain),
        new(AutodiscoverTokens.User, baseUrl + WebPaths.AutodiscoverUser),
        new(AutodiscoverTokens.Self, baseUrl + WebPaths.Autodiscover),
    ]));

    public WebResponse Domain() => Answer(WithServers(new(AutodiscoverResourceKind.Domain, [])));

    public WebResponse User(WebRequest request, string baseUrl)
    {
        var verdict = mint.Judge(WebTicket.OfHeaderValue(request.Ticket), baseUrl + WebPaths.AutodiscoverUser, server.Runtime.Time.GetUtcNow());
        return verdict.User is not null
            ? Answer(WithServers(new(AutodiscoverResourceKind.User, [new(AutodiscoverTokens.Self, baseUrl + WebPaths.AutodiscoverUser)])))
            : new WebResponse(HttpStatusCode.Unauthorized)
                .With(TicketUrlHeader, baseUrl + WebPaths.TicketService)
                .With(WebServiceFaults.Diagnostics, $"{verdict.Error};source=\"{server.Domain}\";reason=\"{WebServiceFaults.ReasonOf(verdict.Error)}\"");
    }

    // Only servers that prove their name: what is found here counts as much as what the user has typed.
    private AutodiscoverResource WithServers(AutodiscoverResource resource)
    {
        if (server.ListenAddresses.FirstOrDefault(address => address.Transport == "TLS") is not { } address)
        {
            return resource;
        }

        var access = new SipAccess("sip." + server.Domain, (ushort)address.Port);
        return server.Options.IsAccessEdge
            ? resource with { SipClientExternalAccess = access }
            : resource with { SipClientInternalAccess = access, SipClientExternalAccess = access };
    }

    private WebResponse Answer(AutodiscoverResource resource) => new(HttpStatusCode.OK)
    {
        ContentType = ContentTypes.Autodiscover + "; charset=utf-8",
        Body = new AutodiscoverResponse(resource) { AccessLocation = server.Options.IsAccessEdge ? "External" : "Internal" }.ToBytes(),
    };
}
