using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// Asks a web ticket service for a <see cref="WebTicket"/> (<c>RequestSecurityToken</c> of WS-Trust 1.3; [MS-OCAUTHWS] §3.2.4.1): SOAP by HTTP POST, with the header
/// <c>SOAPAction:</c> <see cref="SoapAction"/>. Who asks, HTTP authentication tells.
/// </summary>
/// <param name="ServiceUrl">The service that the ticket is for, as its metadata names it.</param>
public sealed record WebTicketRequest(string ServiceUrl) : DocumentPart
{
    /// <summary>What the HTTP request says as its action.</summary>
    public const string SoapAction = "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue";

    internal const string SamlTokenType = "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1";

    private const string Rule = "[MS-OCAUTHWS] §3.2.4.1";
    private const string ElementName = "RequestSecurityToken";

    // What servers are sent by clients of the field; that of WS-Trust 1.3 is another.
    private const string IssueType = "http://schemas.xmlsoap.org/ws/2005/02/trust/Issue";
    private const string ClaimsDialect = "urn:component:Microsoft.Rtc.WebAuthentication.2010:authclaims";
    private const string UriClaim = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/uri";
    private const string SymmetricKey = "http://docs.oasis-open.org/ws-sx/ws-trust/200512/SymmetricKey";

    /// <summary>A value that the answer repeats; null for none.</summary>
    public string? Context { get; init; }

    /// <summary>The SIP address of the user, <c>sip:user@domain</c>, for whom the ticket is; null for the one whom the authentication names.</summary>
    public string? UserUri { get; init; }

    /// <summary>The client's half of a key by which it could prove that the ticket is its own: random bytes. Empty for none.</summary>
    public ValueList<byte> Entropy { get; init; } = [];

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not an envelope with a request that names its service.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out WebTicketRequest? request, out DocumentError error, DocumentLimits? limits = null)
    {
        request = null;
        var scope = new DocumentScope(Rule);
        if (!SoapEnvelope.TryOpen(body, ElementName, scope, out var element, out error, limits))
        {
            return false;
        }

        var service = scope.RequireChild(scope.RequireChild(scope.RequireChild(element, "AppliesTo"), "EndpointReference"), "Address").Text.Trim();
        if (service.Length == 0)
        {
            scope.Fail("AppliesTo/EndpointReference/Address", "a URL");
        }

        error = scope.Error;
        request = scope.Failed ? null : new WebTicketRequest(service)
        {
            Context = element.Attribute("Context"),
            UserUri = element.Child("Claims")?.ChildrenNamed("ClaimType").FirstOrDefault(claim => claim.Attribute("Uri") == UriClaim)?.ChildText("Value"),
            Entropy = WebTicketResponse.ReadSecret(element),
            Extensions = ElementBuilder.Unknown(element, "TokenType", "RequestType", "AppliesTo", "Claims", "Entropy", "KeyType"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "Context"),
        };
        return request is not null;
    }

    /// <summary>The request as UTF-8, in its envelope.</summary>
    public byte[] ToBytes() => SoapEnvelope.Write(new ElementBuilder(Namespaces.Trust, ElementName)
        .Attribute("Context", Context)
        .Leaf("TokenType", SamlTokenType)
        .Leaf("RequestType", IssueType)
        .Child(new ElementBuilder(Namespaces.Policy, "AppliesTo")
            .Child(new ElementBuilder(Namespaces.Addressing, "EndpointReference").Leaf("Address", ServiceUrl).Build())
            .Build())
        .Child(UserUri is null ? null : new ElementBuilder(Namespaces.Trust, "Claims")
            .Attribute("Dialect", ClaimsDialect)
            .Child(new ElementBuilder(Namespaces.Claims, "ClaimType").Attribute("Uri", UriClaim).Attribute("Optional", "false").Leaf("Value", UserUri).Build())
            .Build())
        .Child(WebTicketResponse.WriteSecret(Entropy))
        .Leaf("KeyType", SymmetricKey)
        .Extensions(this)
        .Build());

    /// <summary>What it asks of whom; never for whom.</summary>
    public override string ToString() => $"{ElementName} for {ServiceUrl}";
}
