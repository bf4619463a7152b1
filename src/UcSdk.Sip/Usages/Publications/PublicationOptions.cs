namespace UcSdk.Sip;

/// <summary>What is published, and where.</summary>
public sealed record PublicationOptions
{
    /// <summary>Whose state it is, e.g. <c>sip:alice@contoso.com</c>: From, To and Request-URI.</summary>
    public required SipUri Aor { get; init; }

    /// <summary>The event package, e.g. <c>presence</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The flow to use; null lets <see cref="SipEndpoint.RouteRequest"/> choose.</summary>
    public SipFlow? Flow { get; init; }

    /// <summary>The life that is asked for, in whole seconds; null leaves the choice to the server.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>Called for every PUBLISH before it goes out; null for no change.</summary>
    public Action<SipRequest>? Edit { get; init; }
}
