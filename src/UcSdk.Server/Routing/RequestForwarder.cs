using Microsoft.Extensions.Logging;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Sends requests on to endpoints of users and to other places (RFC 3261 §16), and shows their responses to the applications.</summary>
internal sealed class RequestForwarder(LocationService locations, UserDirectory directory, ILogger logger)
{
    /// <summary>Sends a request on; an address of ours stands for the endpoints behind it.</summary>
    public void Forward(ServerRequest request, IReadOnlyList<ProxyTarget> targets)
    {
        var found = Resolve(request, targets);
        if (found.Count == 0 && !request.IsHandled)
        {
            request.Answer(ServerAnswer.Refuse(StatusCode.TemporarilyUnavailable, ServerDiagnostics.SeeStatus));
            return;
        }

        request.Incoming.Proxy(found, new ProxyOptions
        {
            Extensions = SanityApplication.Extensions,
            EditResponse = response =>
            {
                AssociationServer.RemoveInfo(response.Headers);
                request.Hooks.Show(response, logger);
            },
            Retarget = response => request.Hooks.AskForMore(response, logger) is { } more ? Resolve(request, more) : null,
        });
    }

    private List<ProxyTarget> Resolve(ServerRequest request, IReadOnlyList<ProxyTarget> targets)
    {
        var found = new List<ProxyTarget>();
        foreach (var target in targets)
        {
            if (target.Flow is not null || (!directory.Serves(target.Uri) && locations.Find(target.Uri) is null))
            {
                found.Add(target);
                continue;
            }

            // Nobody's call comes back to the endpoint it was made from.
            found.AddRange((locations.Find(target.Uri) ?? [])
                .Where(binding => request.Sender is not { } sender || binding.Id != sender.Id)
                .Select(binding => target with { Uri = binding.Contact.Uri, Flow = binding.Flow, Routes = [.. target.Routes, .. binding.Path] }));
        }

        return found;
    }
}
