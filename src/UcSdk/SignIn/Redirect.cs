using System.Globalization;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Where a registrar sends a user, and how far that is followed ([MS-SIPREGE] §3.1; RFC 3261 §21.3). A Lync registrar that is not the user's names the primary and
/// the backup registrar, told apart by their q: <c>Contact: &lt;sip:a.contoso.com:5061;transport=TLS&gt;;q=0.7</c> and <c>…;q=0.3</c>.
/// </summary>
internal sealed class Redirect
{
    private Redirect(IReadOnlyList<SipTransportAddress> servers, IReadOnlyList<string> refused)
    {
        Servers = servers;
        Refused = refused;
    }

    /// <summary>The servers that may be followed to, the preferred one first.</summary>
    public IReadOnlyList<SipTransportAddress> Servers { get; }

    /// <summary>Why others may not.</summary>
    public IReadOnlyList<string> Refused { get; }

    /// <summary>Reads the Contacts of a redirection.</summary>
    /// <param name="response">The 301, 302 or 305.</param>
    /// <param name="from">The server that sent it.</param>
    /// <param name="isSigned">True when a security association vouches for it: then the server has proved to be the user's, and is believed.</param>
    /// <param name="trusted">Where servers of this user may be.</param>
    public static Redirect Read(SipResponse response, SipTransportAddress from, bool isSigned, TrustedDomains trusted)
    {
        var servers = new List<(SipTransportAddress Server, double Preference)>();
        var refused = new List<string>();
        foreach (var text in response.Headers.GetList(HeaderName.Contact))
        {
            if (!NameAddr.TryParse(text, out var contact) || !TryRead(contact.Uri, out var server))
            {
                refused.Add($"'{text}' names no server");
            }
            else if (Objection(from, server, isSigned, trusted) is { } why)
            {
                refused.Add(why);
            }
            else
            {
                servers.Add((server, PreferenceOf(contact)));
            }
        }

        return new([.. servers.OrderByDescending(named => named.Preference).Select(named => named.Server).Distinct()], refused);
    }

    /// <summary>The server that a URI names: TLS where it does not say otherwise, at that transport's port.</summary>
    public static bool TryRead(SipUri uri, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SipTransportAddress? server)
    {
        var transport = uri.Scheme == "sips" ? "TLS" : (uri.Parameters["transport"] ?? "TLS").ToUpperInvariant();
        var isUsable = uri.IsSip && uri.Host.Length > 0 && SipTransports.IsKnown(transport);
        server = isUsable ? new(transport, uri.Host, uri.Port ?? (transport == "TLS" ? 5061 : 5060)) : null;
        return isUsable;
    }

    /// <summary>Null when the server may be followed to; else why not.</summary>
    /// <param name="from">The server that names it.</param>
    /// <param name="server">The server that is named.</param>
    /// <param name="isSigned">True when a security association vouches for it.</param>
    /// <param name="trusted">Where servers of this user may be.</param>
    public static string? Objection(SipTransportAddress from, SipTransportAddress server, bool isSigned, TrustedDomains trusted) =>
        from.Transport == "TLS" && server.Transport != "TLS" ? $"{server} is not encrypted as {from} is"
        : !isSigned && !trusted.Contains(server.Host) && !TrustedDomains.AreNeighbours(from.Host, server.Host)
            ? $"{server} is outside of the trusted domains and the redirection is not signed"
            : null;

    private static double PreferenceOf(NameAddr contact) =>
        double.TryParse(contact.Parameters["q"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) ? Math.Clamp(q, 0, 1) : 1;
}
