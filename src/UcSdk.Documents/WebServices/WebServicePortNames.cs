namespace UcSdk.Documents;

/// <summary>Names of ports in the metadata of a pool's web services, as clients of the field look for them.</summary>
public static class WebServicePortNames
{
    /// <summary>Address book and distribution groups with a web ticket.</summary>
    public const string AddressBookTicket = "AddressBookWebTicketBearer";

    /// <summary>Web tickets for who proves a Windows account: HTTP authentication by Negotiate or NTLM ([MS-OCAUTHWS] §3.2, RFC 4559).</summary>
    public const string TicketByWindowsLogon = "WebTicketServiceWinNegotiate";

    /// <summary>Web tickets for who has a token of another issuer.</summary>
    public const string TicketByFederation = "WsFedBearer";
}
