using Microsoft.Extensions.Logging;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Sends requests on to endpoints of users and to other places (RFC 3261 §16), and shows their responses to the applications.</summary>
internal sealed class RequestForwarder(LocationService locations, UserDirectory directory, ILogger logger)
{
    /// <summary>Sends a request on; an address of ours stands for the endpoints behind it.</summary>
    public void Forward(ServerRequest request, IReadOnlyList<ProxyTarget> targets)
    {
        var tried = new List<Binding>(1);
        var found = Resolve(request, targets, tried, again: false);
        if (found.Count == 0 && !request.IsHandled)
        {
            request.Answer(ServerAnswer.Refuse(StatusCode.TemporarilyUnavailable, ServerDiagnostics.SeeStatus));
            return;
        }

        request.Incoming.Proxy(found, new ProxyOptions
        {
            Extensions = SanityApplication.Extensions,
            EditRequest = static (copy, target) => copy.Addressee = target.Addressee,
            EditResponse = response =>
            {
                AssociationServer.RemoveInfo(response.Headers);
                IdentityApplication.RemoveIdentity(response);
                request.Hooks.Show(response, logger);
            },
            Retarget = response => OtherFlows(response) ?? (request.Hooks.AskForMore(response, logger) is { } more ? Resolve(request, more, [], again: false) : null),
        });

        // RFC 5626 §5.3: an endpoint that a flow does not reach may be reached by another of its flows.
        List<ProxyTarget>? OtherFlows(SipResponse response) =>
            tried.Count > 0
            && response.StatusCode is StatusCode.RequestTimeout or StatusCode.FlowFailed or StatusCode.ServerInternalError or StatusCode.ServiceUnavailable
            && Resolve(request, targets, tried, again: true) is { Count: > 0 } others ? others : null;
    }

    // Finds what has not been tried yet, and counts it as tried.
    private List<ProxyTarget> Resolve(ServerRequest request, IReadOnlyList<ProxyTarget> targets, List<Binding> tried, bool again)
    {
        var found = new List<ProxyTarget>(targets.Count);
        for (var at = 0; at < targets.Count; at++)
        {
            var target = targets[at];
            var reached = target.Flow is null ? locations.Find(target.Uri, tried) : null;
            if (reached is not null || (target.Flow is null && directory.Serves(target.Uri)))
            {
                Resolve(request, target, reached ?? [], tried, again, found);
            }
            else if (!again)
            {
                found.Add(target);
            }
        }

        return found;
    }

    private void Resolve(ServerRequest request, ProxyTarget target, IReadOnlyList<Binding> reached, List<Binding> tried, bool again, List<ProxyTarget> found)
    {
        for (var at = 0; at < reached.Count; at++)
        {
            var binding = reached[at];
            // Nobody's call comes back to the endpoint it was made from.
            if ((request.Sender is { } sender && binding.Id.IsSameEndpoint(sender.Id)) || (again && binding.Id.FlowNumber == 0))
            {
                continue;
            }

            tried.Add(binding);
            found.Add(target with
            {
                Uri = binding.Contact.Uri,
                Flow = binding.Flow,
                Routes = target.Routes.Count == 0 ? binding.Path : [.. target.Routes, .. binding.Path],
                Addressee = directory.UriOf(binding.Id.User),
            });
        }
    }
}
