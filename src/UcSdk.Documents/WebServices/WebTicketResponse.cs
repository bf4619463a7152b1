using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>The answer to a <see cref="WebTicketRequest"/> (<c>RequestSecurityTokenResponse</c> of WS-Trust 1.3; [MS-OCAUTHWS] §3.2.4.1).</summary>
/// <param name="Ticket">The ticket.</param>
public sealed record WebTicketResponse(WebTicket Ticket) : DocumentPart
{
    private const string Rule = "[MS-OCAUTHWS] §3.2.4.1";
    private const string CollectionName = "RequestSecurityTokenResponseCollection";
    private const string ElementName = "RequestSecurityTokenResponse";

    /// <summary>What the request said; null for nothing.</summary>
    public string? Context { get; init; }

    /// <summary>The service that the ticket is for; null when not said.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>The issuer's half of a key, as <see cref="WebTicketRequest.Entropy"/>; empty for none.</summary>
    public ValueList<byte> Entropy { get; init; } = [];

    /// <summary>Reads an answer. One in a collection, as WS-Trust 1.3 has it, and one by itself are both taken.</summary>
    /// <returns>False when the body is not an envelope with a response, or its assertion does not stand by itself.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out WebTicketResponse? response, out DocumentError error, DocumentLimits? limits = null)
    {
        response = null;
        var scope = new DocumentScope(Rule);
        if (!SoapEnvelope.TryOpen(body, scope, out var contents, out error, limits))
        {
            return false;
        }

        var element = contents[0].Name == CollectionName ? contents[0].Child(ElementName) : contents[0].Name == ElementName ? contents[0] : null;
        if (element is null)
        {
            scope.Fail(contents[0].Name, $"the element {ElementName}");
            error = scope.Error;
            return false;
        }

        scope.Path += $"/{ElementName}";
        var assertion = scope.RequireChild(scope.RequireChild(element, "RequestedSecurityToken"), "Assertion");
        string? text = null;
        if (!scope.Failed && !VerbatimElement.TryCut(body, assertion, out text))
        {
            scope.Fail("RequestedSecurityToken/Assertion", "an assertion that declares its own namespaces, in UTF-8");
        }

        var life = element.Child("Lifetime");
        error = scope.Error;
        response = scope.Failed ? null : new WebTicketResponse(new WebTicket(text!)
        {
            Created = DocumentScope.Moment(life?.ChildText("Created")),
            Expires = DocumentScope.Moment(life?.ChildText("Expires")),
        })
        {
            Context = element.Attribute("Context"),
            ServiceUrl = element.Child("AppliesTo")?.Child("EndpointReference")?.ChildText("Address"),
            Entropy = ReadSecret(element),
            Extensions = ElementBuilder.Unknown(element, "TokenType", "RequestedSecurityToken", "AppliesTo", "Lifetime", "Entropy"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "Context"),
        };
        return response is not null;
    }

    /// <summary>The answer as UTF-8, in its envelope.</summary>
    public byte[] ToBytes() => SoapEnvelope.Write(new ElementBuilder(Namespaces.Trust, CollectionName)
        .Child(new ElementBuilder(Namespaces.Trust, ElementName)
            .Attribute("Context", Context)
            .Leaf("TokenType", WebTicketRequest.SamlTokenType)
            .Child(new ElementBuilder(Namespaces.Trust, "RequestedSecurityToken").Child(Ticket.Write()).Build())
            .Child(ServiceUrl is null ? null : new ElementBuilder(Namespaces.Policy, "AppliesTo")
                .Child(new ElementBuilder(Namespaces.Addressing, "EndpointReference").Leaf("Address", ServiceUrl).Build())
                .Build())
            .Child(new ElementBuilder(Namespaces.Trust, "Lifetime")
                .Leaf("Created", Ticket.Created, Namespaces.SecurityUtility)
                .Leaf("Expires", Ticket.Expires, Namespaces.SecurityUtility)
                .Build())
            .Child(WriteSecret(Entropy))
            .Extensions(this)
            .Build())
        .Build());

    /// <summary>Never the ticket.</summary>
    public override string ToString() => ElementName;

    internal static ValueList<byte> ReadSecret(DocumentElement element)
    {
        var text = element.Child("Entropy")?.ChildText("BinarySecret") ?? "";
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? ValueList.Create<byte>(bytes.AsSpan(0, length)) : [];
    }

    internal static DocumentElement? WriteSecret(ValueList<byte> secret) => secret.Count == 0
        ? null
        : new ElementBuilder(Namespaces.Trust, "Entropy").Leaf("BinarySecret", Convert.ToBase64String([.. secret])).Build();
}
