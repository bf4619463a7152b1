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
    private static readonly ProxyOptions Options = new() { Extensions = SanityApplication.Extensions, CompletedBy = target => target.Addressee };

    // What a target says that says nothing but where.
    private static readonly ProxyTarget Plain = new(SipUri.Parse("sip:plain.invalid"));

    /// <summary>Sends a request on; an address of ours stands for the endpoints behind it.</summary>
    public void Forward(ServerRequest request, IReadOnlyList<ProxyTarget> targets)
    {
        var call = new Forwarding(this, request, targets);
        Send(request, call, Resolve(call, targets, again: false));
    }

    /// <summary>Sends a request on to the address that it names.</summary>
    public void Forward(ServerRequest request)
    {
        var call = new Forwarding(this, request, null);
        Send(request, call, Resolve(call, request.Message.Uri!, null, again: false));
    }

    private void Send(ServerRequest request, Forwarding call, IReadOnlyList<ProxyTarget> found)
    {
        if (found.Count == 0 && !request.IsHandled)
        {
            request.Answer(ServerAnswer.Refuse(StatusCode.TemporarilyUnavailable, ServerDiagnostics.SeeStatus));
            return;
        }

        progress?.Tell(request.Incoming, found.Count);
        request.Incoming.Proxy(found, Options, call);
    }

    private ILogger Logger => logger;

    private DivertedCalls Diverted => diverted;

    // Nobody's call comes back to the endpoint it was made from; a second time only other flows of an endpoint are of use.
    private static bool IsWanted(Binding binding, ServerRequest request, bool again) =>
        (request.Sender is not { } sender || !binding.Id.IsSameEndpoint(sender.Id)) && (!again || binding.Id.FlowNumber > 0);

    private static IReadOnlyList<Binding> Choose(IReadOnlyList<Binding> reached, ServerRequest request, bool again)
    {
        for (var at = 0; at < reached.Count; at++)
        {
            if (!IsWanted(reached[at], request, again))
            {
                return ChooseSome(reached, request, again);
            }
        }

        return reached;
    }

    private static Binding[] ChooseSome(IReadOnlyList<Binding> reached, ServerRequest request, bool again) => [.. reached.Where(binding => IsWanted(binding, request, again))];

    // Finds what has not been tried yet, and counts it as tried.
    private IReadOnlyList<ProxyTarget> Resolve(Forwarding call, IReadOnlyList<ProxyTarget> targets, bool again)
    {
        if (targets.Count == 1)
        {
            return Resolve(call, targets[0], again);
        }

        var found = new List<ProxyTarget>();
        foreach (var target in targets)
        {
            found.AddRange(Resolve(call, target, again));
        }

        return found;
    }

    private ProxyTarget[] Resolve(Forwarding call, ProxyTarget target, bool again) => Resolve(call, target.Uri, target, again);

    // Without a wish it is as for a target that says no more than the address: none is made for every message of every session.
    private ProxyTarget[] Resolve(Forwarding call, SipUri uri, ProxyTarget? wish, bool again)
    {
        var reached = wish?.Flow is null ? locations.Find(uri, call.Tried) : null;
        if (reached is null && (wish?.Flow is not null || !directory.Serves(uri)))
        {
            return again ? [] : [wish ?? new(uri)];
        }

        var chosen = Choose(reached ?? [], call.Request, again);
        call.Tried = call.Tried.Count == 0 ? chosen : [.. call.Tried, .. chosen];
        var found = new ProxyTarget[chosen.Count];
        for (var at = 0; at < found.Length; at++)
        {
            var binding = chosen[at];
            found[at] = (wish ?? Plain) with
            {
                Uri = binding.Contact.Uri,
                Flow = binding.Flow,
                Routes = wish is not { Routes.Count: > 0 } ? binding.Path : [.. wish.Routes, .. binding.Path],
                Addressee = directory.UriOf(binding.Id.User),
                Named = uri,
            };
        }

        return found;
    }

    /// <summary>One request that is sent on.</summary>
    private sealed class Forwarding(RequestForwarder forwarder, ServerRequest request, IReadOnlyList<ProxyTarget>? targets) : IProxyUser
    {
        // What begins something says whom it was for.
        private readonly RequestHistory? _history = request.Message.To!.HasTag ? null : new(request.Addresses);

        // Where it names no targets.
        private readonly SipUri? _address = targets is null ? request.Message.Uri : null;

        public ServerRequest Request => request;

        /// <summary>The flows that it went to; nobody changes the list.</summary>
        public IReadOnlyList<Binding> Tried { get; set; } = [];

        public void EditRequest(SipRequest copy, ProxyTarget target)
        {
            copy.Addressee = target.Addressee;
            _history?.WriteTo(copy, target.Named ?? target.Uri);
            if (_history is not null && target.Addressee is { } user)
            {
                forwarder.Diverted.Note(copy, user);
            }
        }

        public void EditResponse(SipResponse response)
        {
            AssociationServer.RemoveInfo(response.Headers);
            IdentityApplication.RemoveIdentity(response);
            request.Hooks?.Show(response, forwarder.Logger);
        }

        public IReadOnlyList<ProxyTarget>? Retarget(SipResponse response) =>
            OtherFlows(response)
            ?? (request.Hooks?.AskForMore(response, forwarder.Logger) is { } more ? forwarder.Resolve(new Forwarding(forwarder, request, more), more, again: false) : null);

        // RFC 5626 §5.3: an endpoint that a flow does not reach may be reached by another of its flows.
        private IReadOnlyList<ProxyTarget>? OtherFlows(SipResponse response) =>
            Tried.Count > 0
            && response.StatusCode is StatusCode.RequestTimeout or StatusCode.FlowFailed or StatusCode.ServerInternalError or StatusCode.ServiceUnavailable
            && (targets is null ? forwarder.Resolve(this, _address!, null, again: true) : forwarder.Resolve(this, targets, again: true)) is { Count: > 0 } others ? others : null;
    }
}
