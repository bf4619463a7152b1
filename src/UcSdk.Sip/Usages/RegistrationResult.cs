namespace UcSdk.Sip;

/// <summary>What the registrar granted.</summary>
/// <param name="Expires">How long the binding lives without a refresh.</param>
/// <param name="Gruu">The URI that reaches this endpoint alone; null when the registrar gives none.</param>
/// <param name="Contacts">All bindings of the address of record.</param>
/// <param name="AllowEvents">The event packages that the server offers.</param>
/// <param name="Supported">The extensions that the server supports.</param>
/// <param name="KeepAlive">After how much silence a keep-alive must be sent ([MS-CONMGMT]); null when the server wants none.</param>
/// <param name="Server">The server's name and version, e.g. <c>RTC/6.0</c>; null when it does not say.</param>
/// <param name="Response">The whole answer.</param>
public sealed record RegistrationResult(
    TimeSpan Expires,
    SipUri? Gruu,
    IReadOnlyList<NameAddr> Contacts,
    IReadOnlyList<string> AllowEvents,
    IReadOnlyList<string> Supported,
    TimeSpan? KeepAlive,
    string? Server,
    SipResponse Response)
{
    private const string Instance = "+sip.instance";

    internal static RegistrationResult Read(SipResponse response, NameAddr own)
    {
        var contacts = new List<NameAddr>();
        foreach (var value in response.Headers.GetList(HeaderName.Contact))
        {
            if (NameAddr.TryParse(value, out var contact))
            {
                contacts.Add(contact);
            }
        }

        var mine = contacts.Find(c => IsSame(c, own));
        var gruu = mine?.Parameters["gruu"] ?? mine?.Parameters["pub-gruu"];
        return new(
            ReadExpires(response, mine),
            SipUri.TryParse(gruu, out var uri) ? uri : null,
            contacts,
            [.. response.Headers.GetList(HeaderName.AllowEvents)],
            [.. response.Headers.GetList(HeaderName.Supported)],
            ReadKeepAlive(response),
            response.Headers[HeaderName.Server],
            response);
    }

    private static bool IsSame(NameAddr contact, NameAddr own) =>
        own.Parameters[Instance] is { } instance
            ? string.Equals(contact.Parameters[Instance], instance, StringComparison.OrdinalIgnoreCase)
            : contact.Uri.IsEquivalentTo(own.Uri);

    // RFC 3261 §10.2.4: the parameter of the own Contact, else the header; a registrar that says neither grants an hour (§10.2.1.1).
    private static TimeSpan ReadExpires(SipResponse response, NameAddr? mine) =>
        ReadSeconds(mine?.Parameters["expires"]) ?? ReadSeconds(response.Headers[HeaderName.Expires]) ?? TimeSpan.FromHours(1);

    private static TimeSpan? ReadKeepAlive(SipResponse response) =>
        MsKeepAlive.TryParse(response.Headers[HeaderName.MsKeepAlive], out var keepAlive) ? keepAlive.Timeout : null;

    private static TimeSpan? ReadSeconds(string? text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
