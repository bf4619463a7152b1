using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// How a <see cref="LyncClient"/> uses the web: the services of its server (address book queries and distribution groups, with web tickets, [MS-OCAUTHWS]), and what presence and
/// provisioning only name (pictures, custom activities). Nothing is fetched before the application asks for it.
/// </summary>
public sealed record WebOptions
{
    /// <summary>What is used where nothing else is said.</summary>
    public static readonly WebOptions Default = new();

    /// <summary>
    /// Makes what sends the HTTP requests: once for each web ticket, once for the other services, once for what is only fetched; null, the default, is a <c>SocketsHttpHandler</c> that follows
    /// no redirect, knows no credentials, keeps no cookies, and trusts what <see cref="LyncClientOptions.Tls"/> trusts; for a ticket it has one connection. One given here must do so too:
    /// NTLM proves a connection. The client disposes each.
    /// </summary>
    public Func<HttpMessageHandler>? HttpHandler { get; init; }

    /// <summary>How long one request may take, with its redirects where they are followed; default 15 s, more than zero.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Whether plain HTTP is used: who is on the way could read whose picture is looked at and put another in its place, and gets the web ticket, which is as good as the password while it
    /// lasts. Default no: services at loopback addresses only, and nothing is fetched.
    /// </summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>How many redirects one fetch may take, none of them from https to http; default 5, 0…20. Services follow none.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>How many bytes a picture may have; default 1 MiB, at least 1. A larger one is refused, and not read to its end.</summary>
    public int MaxPictureBytes { get; init; } = 1024 * 1024;

    /// <summary>How many pictures are kept, the last ones used; default 64, 0…100,000. They are kept by address and hash, so that another picture at the same address is fetched.</summary>
    public int MaxCachedPictures { get; init; } = 64;

    /// <summary>
    /// Whether people are searched by the web service where the server names one; default yes. Where it fails, and else, they are searched by SIP. Distribution groups are expanded by the web
    /// service in any case: there is no other way.
    /// </summary>
    public bool SearchesByWeb { get; init; } = true;

    /// <summary>For how long people are searched by SIP alone after the web service has failed; default 5 minutes, more than zero.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What an answer of a service may cost; default <see cref="DocumentLimits.Default"/>.</summary>
    public DocumentLimits DocumentLimits { get; init; } = DocumentLimits.Default;

    /// <summary>The most groups that one <see cref="DistributionGroup.GetAllMembersAsync"/> expands; default 100, at least 1.</summary>
    public int MaxExpandedGroups { get; init; } = 100;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(DocumentLimits);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RequestTimeout, TimeSpan.Zero, nameof(RequestTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryAfter, TimeSpan.Zero, nameof(RetryAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxExpandedGroups, 1, nameof(MaxExpandedGroups));
        RequireRange(MaxRedirects, 0, 20, nameof(MaxRedirects));
        RequireRange(MaxPictureBytes, 1, int.MaxValue, nameof(MaxPictureBytes));
        RequireRange(MaxCachedPictures, 0, 100_000, nameof(MaxCachedPictures));
    }

    private static void RequireRange(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
