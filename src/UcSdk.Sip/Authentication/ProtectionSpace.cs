namespace UcSdk.Sip;

/// <summary>
/// Where one set of credentials holds: a realm (RFC 3261 §22.1), at the server that a flow leads to. A proxy on that way sees every request;
/// what a user agent or registrar asked is told only to requests for the same domain.
/// </summary>
/// <param name="Kind">Who challenged.</param>
/// <param name="Realm">The realm, compared exactly.</param>
/// <param name="Server">The far end of the flow; a new flow to the same server is the same space.</param>
/// <param name="Hosts">The host of To, and those that the challenge names as its domain.</param>
/// <param name="Credentials">What the challenge was answered with.</param>
/// <param name="Authentication">The state of the scheme.</param>
internal sealed record ProtectionSpace(
    ChallengeKind Kind, string Realm, SipTransportAddress Server, IReadOnlyList<string> Hosts, SipCredentials Credentials, ISipAuthentication Authentication)
{
    public bool Covers(SipRequest request, SipFlow flow) =>
        flow.Remote.Equals(Server)
        && (Kind == ChallengeKind.Proxy || (request.To is { } to && Hosts.Contains(to.Uri.Host, StringComparer.OrdinalIgnoreCase)));
}
