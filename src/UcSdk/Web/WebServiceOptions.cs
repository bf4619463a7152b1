using UcSdk.Documents;

namespace UcSdk;

/// <summary>How a <see cref="LyncClient"/> uses the web services of its server: address book queries and distribution groups, with web tickets ([MS-OCAUTHWS]).</summary>
public sealed record WebServiceOptions
{
    /// <summary>
    /// Whether people are searched by the web service where the server names one; default yes. Where it fails, and else, they are searched by SIP. Distribution groups are expanded by the web
    /// service in any case: there is no other way.
    /// </summary>
    public bool SearchesByWeb { get; init; } = true;

    /// <summary>
    /// Makes what sends the HTTP requests, once for each web ticket and once for all else; null, the default, is a <c>SocketsHttpHandler</c> that follows no redirect, knows no credentials,
    /// keeps no cookies, has one connection, and trusts what <see cref="LyncClientOptions.Tls"/> trusts. One given here must do so too: NTLM proves a connection. The client disposes each.
    /// </summary>
    public Func<HttpMessageHandler>? HttpHandler { get; init; }

    /// <summary>How long one request may take; default 15 s, more than zero.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long people are searched by SIP alone after the web service has failed; default 5 minutes, more than zero.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether services are used over plain HTTP, where whoever listens gets the ticket, which is as good as the password while it lasts. Default no: only at loopback addresses.
    /// </summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>What an answer may cost; default <see cref="DocumentLimits.Default"/>.</summary>
    public DocumentLimits DocumentLimits { get; init; } = DocumentLimits.Default;

    /// <summary>The most groups that one <see cref="DistributionGroup.GetAllMembersAsync"/> expands; default 100, at least 1.</summary>
    public int MaxExpandedGroups { get; init; } = 100;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(DocumentLimits);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero, nameof(Timeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryAfter, TimeSpan.Zero, nameof(RetryAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxExpandedGroups, 1, nameof(MaxExpandedGroups));
    }
}
