using System.Net;
using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>How the services refuse ([MS-OCAUTHWS] §3.2.4.1, [MS-OCER] §7.22).</summary>
internal static class WebServiceFaults
{
    public const string Diagnostics = "X-Ms-diagnostics";
    private const string NotEnabled = "User is not SIP enabled.";

    /// <summary>The account is proven, and is nobody's here who may sign in, or not that of the user whom the ticket shall be for.</summary>
    public static WebResponse NotThatUser(string server) => new WebResponse(HttpStatusCode.Forbidden)
        .With(Diagnostics, $"{WebServiceErrors.UserNotEnabled};source=\"{server}\";reason=\"{NotEnabled}\";faultcode=\"wsse:FailedAuthentication\"");

    /// <summary>A request that cannot be read; what is wrong names places, not values.</summary>
    public static WebResponse Unreadable(DocumentError error) => WebResponse.Fault(new("Client", error.ToString()));

    /// <summary>The ticket of a request is worth nothing.</summary>
    public static WebResponse OfTicket(uint error) => WebResponse.Fault(
        new WebServiceDiagnostics(error, ReasonOf(error)).ToFault(error == WebServiceErrors.NoTicket ? "InvalidSecurity" : "FailedAuthentication"));

    public static string ReasonOf(uint error) => error switch
    {
        WebServiceErrors.NoTicket => "No valid security token.",
        WebServiceErrors.TicketExpired => "The web ticket has expired.",
        WebServiceErrors.WrongAudience => "Invalid Audience in the web ticket.",
        _ => "The web ticket is invalid.",
    };
}
