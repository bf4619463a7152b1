using System.Globalization;

namespace UcSdk.Documents;

/// <summary>The host and port of a SIP server, to be reached by TLS ([MS-OCDISCWS] §2.2.4).</summary>
/// <param name="Fqdn">The host's name, without white space around it.</param>
/// <param name="Port">The port; null when none, or none that is a port, is given.</param>
public sealed record SipAccess(string Fqdn, ushort? Port) : DocumentPart
{
    // Servers leave the attributes empty where there is no such access, and published answers have blanks in them.
    internal static SipAccess? Of(DocumentElement? element) =>
        element?.Attribute("fqdn")?.Trim() is { Length: > 0 } fqdn
            ? new SipAccess(fqdn, DocumentScope.Number(element.Attribute("port")) is > 0 and <= ushort.MaxValue and var port ? (ushort)port : null)
            {
                Extensions = element.Children,
                ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "fqdn", "port"),
            }
            : null;

    internal DocumentElement Write(string name) => new ElementBuilder("", name)
        .Attribute("fqdn", Fqdn)
        .Attribute("port", Port?.ToString(CultureInfo.InvariantCulture) ?? "")
        .Extensions(this)
        .Build();
}
