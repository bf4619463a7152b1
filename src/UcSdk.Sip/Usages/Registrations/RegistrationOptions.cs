namespace UcSdk.Sip;

/// <summary>What is registered, and how.</summary>
public sealed record RegistrationOptions
{
    /// <summary>The address of record, e.g. <c>sip:alice@contoso.com</c>.</summary>
    public required SipUri Aor { get; init; }

    /// <summary>The flow that carries the registration and on which requests to the endpoint come back.</summary>
    public required SipFlow Flow { get; init; }

    /// <summary>
    /// The binding, with its parameters: <c>methods</c>, <c>proxy=replace</c>, <c>+sip.instance</c> ([MS-SIPREGE] §2.2).
    /// </summary>
    public required NameAddr Contact { get; init; }

    /// <summary>The endpoint identifier put beside the From tag ([MS-SIPRE] §2.2); null for none.</summary>
    public string? Epid { get; init; }

    /// <summary>The Request-URI; null for <c>sip:</c> and the domain of <see cref="Aor"/>.</summary>
    public SipUri? Registrar { get; init; }

    /// <summary>The life that is asked for; null leaves the choice to the registrar, as Lync clients do.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>Further bindings that are kept with the first (RFC 3261 §10.2.1); default none.</summary>
    public IReadOnlyList<NameAddr> MoreContacts { get; init; } = [];

    /// <summary>
    /// The number of this flow among those of the endpoint (RFC 5626 §4.2): asks for outbound, so that requests to the binding come over this flow
    /// alone; several registrations with one <c>+sip.instance</c> and different numbers make several flows. 1 to 2^31 − 1; null for no outbound. It
    /// needs a <c>+sip.instance</c> in <see cref="Contact"/>, and is dropped when the first hop answers 439.
    /// </summary>
    public int? RegId { get; init; }

    /// <summary>Whether a GRUU is asked for (RFC 5627 §4.2); it needs a <c>+sip.instance</c> in <see cref="Contact"/>. Default false.</summary>
    public bool RequestGruu { get; init; }

    /// <summary>Whether proxies on the way may put themselves onto the way to the binding (RFC 3327: <c>Supported: path</c>). Default false.</summary>
    public bool SupportsPath { get; init; }

    /// <summary>
    /// The Call-ID of an earlier registration of the same endpoint that this one goes on with, as RFC 3261 §10.2 wants; null, the default, for a new one.
    /// </summary>
    public string? CallId { get; init; }

    /// <summary>The last CSeq that was used with <see cref="CallId"/>; the next REGISTER has one more. Default 0.</summary>
    public uint LastCSeq { get; init; }

    /// <summary>Called for every REGISTER before it goes out, the one that removes the binding included; null for no change.</summary>
    public Action<SipRequest>? Edit { get; init; }
}
