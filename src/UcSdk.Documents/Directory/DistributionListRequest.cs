using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// Asks for the members of a distribution group ([MS-DLX] §3.1.4): SOAP by HTTP POST, with the header <c>SOAPAction:</c> <see cref="SoapAction"/> and a web ticket. One level: groups in the
/// group come as groups. Unverified: that section could not be read, and the names of its elements were not compared with a real server's.
/// </summary>
/// <param name="GroupAddress">The e-mail address of the group.</param>
public sealed record DistributionListRequest(string GroupAddress) : DocumentPart
{
    /// <summary>What the HTTP request says as its action.</summary>
    public const string SoapAction = "DistributionListExpander/IDistributionList/QueryDistributionList";

    private const string Rule = "[MS-DLX] §3.1.4";
    private const string ElementName = "QueryDistributionList";

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not an envelope with a request that names a group.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out DistributionListRequest? request, out DocumentError error, DocumentLimits? limits = null)
    {
        request = null;
        var scope = new DocumentScope(Rule);
        if (!SoapEnvelope.TryOpen(body, ElementName, scope, out var element, out error, limits))
        {
            return false;
        }

        var address = scope.RequireChild(element, "groupMailAddress").Text.Trim();
        if (address.Length == 0)
        {
            scope.Fail("groupMailAddress", "an e-mail address");
        }

        error = scope.Error;
        request = scope.Failed ? null : new DistributionListRequest(address)
        {
            Extensions = ElementBuilder.Unknown(element, "groupMailAddress"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
        };
        return request is not null;
    }

    /// <summary>The request as UTF-8, in its envelope.</summary>
    /// <param name="header">The header, with the web ticket; null for none.</param>
    public byte[] ToBytes(WebServiceHeader? header = null) =>
        SoapEnvelope.Write([new ElementBuilder(Namespaces.AddressBook, ElementName).Leaf("groupMailAddress", GroupAddress).Extensions(this).Build()], header?.Write());

    /// <summary>Never the group.</summary>
    public override string ToString() => ElementName;
}
