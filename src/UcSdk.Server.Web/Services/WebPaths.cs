namespace UcSdk.Server.Web;

/// <summary>Where the services are under the base URL: the paths of real servers, compared without regard to case.</summary>
internal static class WebPaths
{
    public const string TicketService = "/WebTicket/WebTicketService.svc";
    public const string TicketPort = TicketService + "/Auth";
    public const string AddressBook = "/groupexpansion/service.svc";
    public const string AddressBookPort = AddressBook + "/WebTicket_Bearer";
    public const string Autodiscover = "/Autodiscover/AutodiscoverService.svc/root";
    public const string AutodiscoverUser = Autodiscover + "/user";
    public const string AutodiscoverDomain = Autodiscover + "/domain";

    public static bool Is(string path, string known) => path.TrimEnd('/').Equals(known, StringComparison.OrdinalIgnoreCase);
}
