using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>One endpoint of one user, as the registrar knows it at one moment.</summary>
/// <param name="User">The user's address, e.g. <c>sip:alice@contoso.test</c>.</param>
/// <param name="Instance">What tells the endpoint from others of the user: a UUID in lower case, or for a client without instance id and epid its Contact.</param>
/// <param name="Epid">The endpoint identifier of From ([MS-SIPRE] §2.2); null when the client has none.</param>
/// <param name="Gruu">The address that reaches this endpoint only; null when it has none.</param>
/// <param name="Contact">The address under which the server reaches it.</param>
/// <param name="Expires">How long the registration lives without a refresh.</param>
/// <param name="UserAgent">What the client calls itself; null when it does not say.</param>
public sealed record RegisteredEndpoint(string User, string Instance, string? Epid, SipUri? Gruu, SipUri Contact, TimeSpan Expires, string? UserAgent)
{
    /// <summary>False while its connection is lost and the registration waits for it to come back; nothing reaches it then.</summary>
    public bool IsConnected { get; init; } = true;

    /// <summary>The number of the connection where an endpoint keeps several (reg-id, RFC 5626 §4.2); null for others.</summary>
    public int? FlowNumber { get; init; }

    /// <summary>Never the user, who is user data.</summary>
    public override string ToString() => "endpoint " + Instance;
}
