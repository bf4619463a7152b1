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

    /// <summary>A URI for this registration alone that does not tell whose it is (<c>temp-gruu</c>, RFC 5627 §5.1); null when the registrar gives none.</summary>
    public SipUri? TemporaryGruu { get; init; }

    /// <summary>The values of Route for requests from this address of record (RFC 3608), as they came; empty when the registrar names none.</summary>
    public IReadOnlyList<string> ServiceRoute { get; init; } = [];

    /// <summary>The proxies through which requests to the binding come (RFC 3327), as the registrar has stored them.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>True when the registrar has bound this flow (<c>Require: outbound</c>, RFC 5626 §6).</summary>
    public bool IsOutbound { get; init; }

    /// <summary>After how much silence the server takes the flow for dead (Flow-Timer, RFC 5626 §5.4); null when it does not say.</summary>
    public TimeSpan? FlowTimer { get; init; }

    internal static RegistrationResult Read(SipResponse response, IReadOnlyList<NameAddr> owned)
    {
        var contacts = response.Headers.GetList(HeaderName.Contact).Select(value => NameAddr.TryParse(value, out var contact) ? contact : null).OfType<NameAddr>().ToArray();
        var mine = Array.Find(contacts, c => owned.Count > 0 && IsSame(c, owned[0]));
        var gruu = mine?.Parameters["gruu"] ?? mine?.Parameters["pub-gruu"];
        return new(
            ReadExpires(response, Array.FindAll(contacts, c => owned.Any(own => IsSame(c, own)))),
            SipUri.TryParse(gruu, out var uri) ? uri : null,
            contacts,
            response.Headers.GetList(HeaderName.AllowEvents).ToArray(),
            response.Headers.GetList(HeaderName.Supported).ToArray(),
            ReadKeepAlive(response),
            response.Headers[HeaderName.Server],
            response)
        {
            TemporaryGruu = SipUri.TryParse(mine?.Parameters["temp-gruu"], out var temporary) ? temporary : null,
            ServiceRoute = response.Headers.GetList(HeaderName.ServiceRoute).ToArray(),
            Path = response.Headers.GetList(HeaderName.Path).ToArray(),
            IsOutbound = response.Headers.HasToken(HeaderName.Require, RegistrationRequests.OutboundTag),
            FlowTimer = ReadSeconds(response.Headers[HeaderName.FlowTimer]),
        };
    }

    private static bool IsSame(NameAddr contact, NameAddr own) =>
        own.Parameters[Instance] is { } instance
            ? string.Equals(contact.Parameters[Instance], instance, StringComparison.OrdinalIgnoreCase)
                && (contact.Parameters[RegistrationRequests.RegId] ?? own.Parameters[RegistrationRequests.RegId]) is var number
                && (own.Parameters[RegistrationRequests.RegId] ?? number) == number
            : contact.Uri.IsEquivalentTo(own.Uri);

    // RFC 3261 §10.2.4: the parameter of the own Contact, of several the shortest, else the header; a registrar that says neither grants an hour (§10.2.1.1).
    private static TimeSpan ReadExpires(SipResponse response, NameAddr[] mine) =>
        mine.Min(contact => ReadSeconds(contact.Parameters["expires"])) ?? ReadSeconds(response.Headers[HeaderName.Expires]) ?? TimeSpan.FromHours(1);

    private static TimeSpan? ReadKeepAlive(SipResponse response) =>
        MsKeepAlive.TryParse(response.Headers[HeaderName.MsKeepAlive], out var keepAlive) ? keepAlive.Timeout : null;

    private static TimeSpan? ReadSeconds(string? text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
