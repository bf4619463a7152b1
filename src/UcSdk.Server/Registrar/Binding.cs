using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>One registered endpoint (RFC 3261 §10.3). A refresh puts another record in its place.</summary>
internal sealed record Binding
{
    public required EndpointId Id { get; init; }

    /// <summary>The Contact as clients are told it: the address replaced by the one seen where the client asked for that, without <c>expires</c>.</summary>
    public required NameAddr Contact { get; init; }

    /// <summary>The address that reaches this endpoint only ([MS-SIPRE] §3.4); null for a client without instance id and epid.</summary>
    public required SipUri? Gruu { get; init; }

    /// <summary>The public GRUU of RFC 5627, <c>sip:user@domain;gr=urn:uuid:…</c>; null for a client that did not ask for one.</summary>
    public SipUri? PublicGruu { get; init; }

    /// <summary>The number under which temporary GRUUs of the registration are found (RFC 5627 §5.1); null for a client that did not ask for one.</summary>
    public long? TemporaryNumber { get; init; }

    /// <summary>The proxies through which requests to the endpoint must go, as their REGISTER named them (RFC 3327 §5.3); empty for none.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>The endpoint identifier of From ([MS-SIPRE] §2.2); null when the client has none.</summary>
    public required string? Epid { get; init; }

    /// <summary>The connection on which the endpoint registered; all requests to it go there (RFC 5626 §5.3).</summary>
    public required SipFlow Flow { get; init; }

    /// <summary>False once that connection is gone while the endpoint may still come back; nothing is sent to it then ([MS-SIPREGE] §3.1.2.1: Routable).</summary>
    public bool IsConnected { get; init; } = true;

    /// <summary>The tag of From in its last REGISTER, by which the endpoint knows what the registrar says unasked; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>What the client calls itself; null when it does not say.</summary>
    public string? UserAgent { get; init; }

    /// <summary>True when it can do without the user's presence service ([MS-SIPREGE] §3.5).</summary>
    public bool IsSurvivable { get; init; }

    public required string CallId { get; init; }

    public required uint CSeq { get; init; }

    /// <summary>When it was made or last refreshed.</summary>
    public Timestamp Since { get; init; }

    /// <summary>When it ends unless it is refreshed.</summary>
    public required Timestamp Due { get; init; }

    /// <summary>The endpoint as it is shown to users of the server.</summary>
    public RegisteredEndpoint Describe(Timestamp now) =>
        new(Id.User, Id.Instance, Epid, Gruu, Contact.Uri, Due > now ? Due - now : TimeSpan.Zero, UserAgent)
        {
            IsConnected = IsConnected,
            FlowNumber = Id.FlowNumber > 0 ? Id.FlowNumber : null,
        };
}
