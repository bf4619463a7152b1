using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// What a web service says of itself (WSDL 1.1 with WS-Policy), as it answers a GET of its URL and <see cref="Path"/>. Only the ports are looked at, and of the policy of each
/// (<c>name_policy</c>) whose tickets it wants ([MS-OCAUTHWS] §2.2.4; WS-SecurityPolicy 1.2 §8). The paths are those by which an independent client (SIPE) finds its way.
/// </summary>
/// <param name="Ports">The ports.</param>
public sealed record WebServiceMetadata(ValueList<WebServicePort> Ports) : DocumentPart
{
    /// <summary>What follows the service's URL.</summary>
    public const string Path = "/mex";

    private const string Rule = "WSDL 1.1 §2.1";
    private const string SignedTokens = "EndorsingSupportingTokens";
    private const string BearerTokens = "SignedSupportingTokens";

    /// <summary>The first port of the name; null when there is none.</summary>
    public WebServicePort? this[string name] => Ports.FirstOrDefault(port => port.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads metadata.</summary>
    /// <returns>False when the body is no document with definitions.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out WebServiceMetadata? metadata, out DocumentError error, DocumentLimits? limits = null)
    {
        metadata = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var definitions = root.Name == "definitions" ? root : Find(root, "definitions");
        if (definitions is null)
        {
            error = new DocumentError(root.Name, "the element definitions", Rule);
            return false;
        }

        var ports = definitions.ChildrenNamed("service").SelectMany(service => service.ChildrenNamed("port")).Select(port => Read(port, definitions)).OfType<WebServicePort>();
        metadata = new WebServiceMetadata(ValueList.From(ports)) { Extensions = ElementBuilder.Unknown(definitions, "Policy", "service") };
        return true;
    }

    /// <summary>The metadata as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.Wsdl, "definitions")
        .Children(Ports.Where(port => port.TicketIssuer is not null).Select(WritePolicy))
        .Child(new ElementBuilder(Namespaces.Wsdl, "service")
            .Children(Ports.Select(port => new ElementBuilder(Namespaces.Wsdl, "port")
                .Attribute("name", port.Name)
                .Child(new ElementBuilder(Namespaces.WsdlSoap, "address").Attribute("location", port.Location).Build())
                .Build()))
            .Build())
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>How many ports there are.</summary>
    public override string ToString() => $"metadata of {Ports.Count} ports";

    private static DocumentElement? Find(DocumentElement element, string name) =>
        element.Children.Select(child => child.Name == name ? child : Find(child, name)).FirstOrDefault(found => found is not null);

    private static WebServicePort? Read(DocumentElement port, DocumentElement definitions)
    {
        if (port.Attribute("name") is not { } name || port.Child("address")?.Attribute("location")?.Trim() is not { Length: > 0 } location)
        {
            return null;
        }

        var policy = definitions.ChildrenNamed("Policy").FirstOrDefault(policy => (name + "_policy").Equals(policy.Attribute("Id"), StringComparison.OrdinalIgnoreCase));
        var all = policy?.Child("ExactlyOne")?.Child("All");
        var signed = IssuerOf(all, SignedTokens);
        return new(name, location) { TicketIssuer = signed ?? IssuerOf(all, BearerTokens), RequiresProof = signed is not null };
    }

    private static string? IssuerOf(DocumentElement? all, string tokens) =>
        all?.Child(tokens)?.Child("Policy")?.Child("IssuedToken")?.Child("Issuer")?.ChildText("Address") is { Length: > 0 } issuer ? issuer : null;

    private static DocumentElement WritePolicy(WebServicePort port) => new ElementBuilder(Namespaces.Policy, "Policy")
        .Attribute("Id", port.Name + "_policy", Namespaces.SecurityUtility)
        .Child(new ElementBuilder(Namespaces.Policy, "ExactlyOne")
            .Child(new ElementBuilder(Namespaces.Policy, "All")
                .Child(new ElementBuilder(Namespaces.SecurityPolicy, port.RequiresProof ? SignedTokens : BearerTokens)
                    .Child(new ElementBuilder(Namespaces.Policy, "Policy")
                        .Child(new ElementBuilder(Namespaces.SecurityPolicy, "IssuedToken")
                            .Child(new ElementBuilder(Namespaces.SecurityPolicy, "Issuer").Leaf("Address", port.TicketIssuer, Namespaces.Addressing).Build())
                            .Build())
                        .Build())
                    .Build())
                .Build())
            .Build())
        .Build();
}
