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

    /// <summary>Called for every REGISTER before it goes out, the one that removes the binding included; null for no change.</summary>
    public Action<SipRequest>? Edit { get; init; }
}
