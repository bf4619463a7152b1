using Microsoft.Extensions.Logging;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Sends requests on to endpoints of users and to other places (RFC 3261 §16), and shows their responses to the applications.</summary>
/// <param name="locations">Finds endpoints.</param>
/// <param name="directory">The users.</param>
/// <param name="diverted">Remembers what goes to somebody whom To does not name.</param>
/// <param name="progress">Tells callers of the forwarding; null tells nobody.</param>
/// <param name="logger">Where what applications throw is logged.</param>
internal sealed class RequestForwarder(LocationService locations, UserDirectory directory, DivertedCalls diverted, ProgressReports? progress, ILogger logger)
{
    /// <summary>Sends a request on; an address of ours stands for the endpoints behind it.</summary>
    public void Forward(ServerRequest request, IReadOnlyList<ProxyTarget> targets)
    {
        var tried = new HashSet<EndpointId>();
        var found = Resolve(request, targets, tried);
        if (found.Count == 0 && !request.IsHandled)
        {
            request.Answer(ServerAnswer.Refuse(StatusCode.TemporarilyUnavailable, ServerDiagnostics.SeeStatus));
            return;
        }

        progress?.Tell(request.Incoming, found.Count);
        request.Incoming.Proxy(found, new ProxyOptions
        {
            Extensions = SanityApplication.Extensions,
            CompletedBy = target => target.Addressee,
            EditRequest = request.Message.To!.HasTag ? Address : Introduce(request),
            EditResponse = response =>
            {
                AssociationServer.RemoveInfo(response.Headers);
                IdentityApplication.RemoveIdentity(response);
                request.Hooks.Show(response, logger);
            },
            Retarget = response => OtherFlows(response) ?? (request.Hooks.AskForMore(response, logger) is { } more ? Resolve(request, more, []) : null),
        });

        // RFC 5626 §5.3: an endpoint that a flow does not reach may be reached by another of its flows.
        List<ProxyTarget>? OtherFlows(SipResponse response) =>
            tried.Count > 0
            && response.StatusCode is StatusCode.RequestTimeout or StatusCode.FlowFailed or StatusCode.ServerInternalError or StatusCode.ServiceUnavailable
            && Resolve(request, targets, tried) is { Count: > 0 } others ? others : null;
    }

    private static void Address(SipRequest copy, ProxyTarget target) => copy.Addressee = target.Addressee;

    // What begins something says whom it was for.
    private Action<SipRequest, ProxyTarget> Introduce(ServerRequest request)
    {
        var history = new RequestHistory(request.Addresses);
        return (copy, target) =>
        {
            Address(copy, target);
            history.WriteTo(copy, target.Named ?? target.Uri);
            if (target.Addressee is { } user)
            {
                diverted.Note(copy, user);
            }
        };
    }

    // Finds what has not been tried yet, and counts it as tried.
    private List<ProxyTarget> Resolve(ServerRequest request, IReadOnlyList<ProxyTarget> targets, HashSet<EndpointId> tried)
    {
        var again = tried.Count > 0;
        var found = new List<ProxyTarget>();
        foreach (var target in targets)
        {
            if (target.Flow is not null || (!directory.Serves(target.Uri) && locations.Find(target.Uri) is null))
            {
                if (!again)
                {
                    found.Add(target);
                }

                continue;
            }

            // Nobody's call comes back to the endpoint it was made from.
            var reached = (locations.Find(target.Uri, tried) ?? [])
                .Where(binding => request.Sender is not { } sender || !binding.Id.IsSameEndpoint(sender.Id))
                .Where(binding => !again || binding.Id.FlowNumber > 0)
                .ToArray();
            tried.UnionWith(reached.Select(binding => binding.Id));
            found.AddRange(reached.Select(binding => target with
            {
                Uri = binding.Contact.Uri,
                Flow = binding.Flow,
                Routes = [.. target.Routes, .. binding.Path],
                Addressee = SipUri.Parse(binding.Id.User),
                Named = target.Uri,
            }));
        }

        return found;
    }
}
