using System.Net;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// One walk through an Autodiscover service ([MS-OCDISCWS] §3.1.5): from the root, over redirects, to the user's home server where that needs no web ticket, or
/// else to the server that answers for the domain. No credentials are sent. Over plain HTTP only a redirect to HTTPS is taken (§3.1.5.2: a server that
/// listens there answers nothing else), and since nobody has proved anything then, what follows must be in a trusted domain.
/// </summary>
internal sealed class AutodiscoverWalk(AutodiscoverClient client, SipUri user, TrustedDomains trust, int maxRedirects)
{
    private readonly HashSet<Uri> _visited = [];
    private bool _isVouchedFor = true;
    private int _redirects;

    public async Task<DiscoveryFinding> StartAsync(Uri root, CancellationToken cancellationToken)
    {
        var (at, answer) = await FetchAsync(root, cancellationToken);
        if (answer.Failure is { } failure)
        {
            return failure;
        }

        if (at.Scheme != Uri.UriSchemeHttps)
        {
            return DiscoveryFinding.Of(DiscoveryOutcome.Refused, "plain HTTP may only redirect to HTTPS");
        }

        if (answer.Document is not { Resource.Kind: AutodiscoverResourceKind.Root } document || ServersOf(document).Count > 0)
        {
            return Read(at, answer);
        }

        // The home server is the better answer, but mostly wants a ticket. The domain's server redirects the REGISTER of a user who is not its own.
        var refused = DiscoveryFinding.Of(DiscoveryOutcome.NotFound, "the document names no SIP server");
        foreach (var token in (string[])[AutodiscoverTokens.User, AutodiscoverTokens.Domain])
        {
            var finding = await LookAtAsync(at, document.Resource.Href(token), cancellationToken);
            if (finding is { Outcome: DiscoveryOutcome.Found })
            {
                return finding;
            }

            refused = finding is null || refused.Outcome == DiscoveryOutcome.NeedsWebTicket ? refused : finding with { NobodyAsked = false };
        }

        return refused;
    }

    private async Task<DiscoveryFinding?> LookAtAsync(Uri from, string? href, CancellationToken cancellationToken)
    {
        if (href is null)
        {
            return null;
        }

        if (!TryFollow(from, href, out var next, out var refusal))
        {
            return refusal;
        }

        var (at, answer) = await FetchAsync(next, cancellationToken);
        return answer.Failure ?? Read(at, answer);
    }

    /// <summary>Gets a resource, over as many redirects as are allowed in the whole walk.</summary>
    private async Task<(Uri At, AutodiscoverAnswer Answer)> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        for (var next = url; ;)
        {
            if (!_visited.Add(next))
            {
                return Refuse(next, $"the redirects go round in circles at {next.GetLeftPart(UriPartial.Path)}");
            }

            var answer = await client.GetAsync(next, cancellationToken);
            if (answer.Failure is { } failure)
            {
                return (next, answer with { Failure = failure with { NobodyAsked = failure.NobodyAsked && _visited.Count == 1 } });
            }

            // Whoever answers over HTTPS has proved his name, and was led to by one who had, or is in a trusted domain.
            _isVouchedFor = next.Scheme == Uri.UriSchemeHttps;
            if ((answer.Location ?? answer.Document?.Resource.Href(AutodiscoverTokens.Redirect)) is not { } target)
            {
                return (next, answer);
            }

            if (++_redirects > maxRedirects)
            {
                return Refuse(next, $"more than {maxRedirects} redirects ({nameof(ServerDiscoveryOptions.MaxRedirects)})");
            }

            if (!TryFollow(next, target, out next, out var refusal))
            {
                return (next, AutodiscoverAnswer.Of(refusal));
            }

            next = AutodiscoverClient.WithUser(next, user);
        }
    }

    private static (Uri At, AutodiscoverAnswer Answer) Refuse(Uri at, string why) =>
        (at, AutodiscoverAnswer.Of(DiscoveryFinding.Of(DiscoveryOutcome.Refused, why)));

    private static DiscoveryFinding Read(Uri at, AutodiscoverAnswer answer)
    {
        if (answer.Document is { } document)
        {
            return ServersOf(document) is { Count: > 0 } servers
                ? DiscoveryFinding.Found(servers)
                : DiscoveryFinding.Of(DiscoveryOutcome.NotFound, "the document names no SIP server");
        }

        // §3.1.5.3 says 401; servers have been seen to answer 500 with the header that says where tickets are.
        return answer.WantsTicket
            ? DiscoveryFinding.Of(DiscoveryOutcome.NeedsWebTicket, $"{at.Host} wants a web ticket for the user's home server")
            : DiscoveryFinding.Of(
                answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone ? DiscoveryOutcome.NotFound : DiscoveryOutcome.Failed,
                $"{at.Host} answers {(int)answer.Status}");
    }

    private bool TryFollow(Uri from, string href, out Uri next, out DiscoveryFinding refusal)
    {
        refusal = DiscoveryFinding.Of(DiscoveryOutcome.Refused);
        if (!Uri.TryCreate(from, href, out next!))
        {
            next = from;
            refusal = refusal with { Detail = "a link of the answer is no URL" };
            return false;
        }

        var fault = next.Scheme != Uri.UriSchemeHttps ? $"the answer leads from HTTPS to {next.Scheme}"
            : next.UserInfo.Length > 0 ? "a link of the answer has credentials in it"
            : !_isVouchedFor && !trust.Contains(next.IdnHost) ? $"reached over plain HTTP, {trust.Refuse(next.IdnHost)}"
            : null;
        refusal = refusal with { Detail = fault ?? "" };
        return fault is null;
    }

    // Who is outside cannot reach what is inside; who is inside may be told of the outside only.
    private static List<SipTransportAddress> ServersOf(AutodiscoverResponse document)
    {
        var isOutside = "External".Equals(document.AccessLocation, StringComparison.OrdinalIgnoreCase);
        SipAccess?[] accesses = [isOutside ? null : document.Resource.SipClientInternalAccess, document.Resource.SipClientExternalAccess];
        return
        [
            .. accesses.OfType<SipAccess>()
                .Where(access => SipTransportAddress.TryParse($"tls://{access.Fqdn}:5061", out _))
                .Select(access => new SipTransportAddress("TLS", access.Fqdn.TrimEnd('.'), access.Port ?? 5061))
                .Distinct(),
        ];
    }
}
