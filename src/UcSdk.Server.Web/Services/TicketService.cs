using System.Net;
using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>
/// Issues web tickets ([MS-OCAUTHWS] §3.2) to who proves by NTLM to be a user, and to users who need not prove anything, as the registrar believes them too. On the loop only.
/// </summary>
internal sealed class TicketService(UcServer server, TicketMint mint, NtlmConnections connections, string serverName)
{
    /// <summary>What tickets can be for: URLs of ports, as metadata has them.</summary>
    public IReadOnlyList<string> Audiences { get; set; } = [];

    public WebResponse Handle(WebRequest request)
    {
        var login = connections.ProvenBy(request.Connection);
        if (request.Authorization is { } authorization)
        {
            var outcome = connections.Advance(request.Connection, request.RemoteHost, authorization);
            if (outcome.Login is null)
            {
                return outcome.IsLocked ? new(HttpStatusCode.Forbidden) : Challenge(outcome.Challenge);
            }

            login = outcome.Login;
        }

        if (!WebTicketRequest.TryRead(request.Body, out var wanted, out var error))
        {
            // Who has proven nothing learns nothing about the request.
            return login is null && server.Logins.Demands(null) ? Challenge(null) : WebServiceFaults.Unreadable(error);
        }

        var claimed = UserOf(wanted.UserUri);
        if (login is null)
        {
            return server.Logins.Demands(claimed) ? Challenge(null) : Issue(wanted, claimed);
        }

        var owner = server.Logins.OwnerOf(login);
        return wanted.UserUri is not null && !ReferenceEquals(owner, claimed) ? WebServiceFaults.NotThatUser(serverName) : Issue(wanted, owner);
    }

    private WebResponse Challenge(byte[]? token)
    {
        if (!server.Logins.IsOffered)
        {
            // There is nothing to challenge with.
            return WebServiceFaults.NotThatUser(serverName);
        }

        return new WebResponse(HttpStatusCode.Unauthorized)
            .With("WWW-Authenticate", token is null ? NtlmConnections.Scheme : $"{NtlmConnections.Scheme} {Convert.ToBase64String(token)}");
    }

    private UcServerUser? UserOf(string? uri) => Sip.SipUri.TryParse(uri ?? "", out var address) && server.Directory.TryFind(address, out var user) ? user : null;

    private WebResponse Issue(WebTicketRequest wanted, UcServerUser? user)
    {
        if (user is not { IsEnabled: true })
        {
            return WebServiceFaults.NotThatUser(serverName);
        }

        if (Audiences.FirstOrDefault(known => known.Equals(wanted.ServiceUrl, StringComparison.OrdinalIgnoreCase)) is not { } audience)
        {
            return WebServiceFaults.OfTicket(WebServiceErrors.WrongAudience);
        }

        var ticket = mint.Issue(server.Directory.AddressOfRecord(user), audience, server.Runtime.Time.GetUtcNow());
        return WebResponse.Soap(new WebTicketResponse(ticket) { Context = wanted.Context, ServiceUrl = wanted.ServiceUrl, Entropy = wanted.Entropy.Count == 0 ? [] : NewEntropy() }.ToBytes());
    }

    // The issuer's half of a key that nobody uses with tickets of this kind; clients ask for it all the same.
    private ValueList<byte> NewEntropy()
    {
        var bytes = new byte[32];
        server.Runtime.Random.Fill(bytes);
        return ValueList.Create<byte>(bytes);
    }
}
