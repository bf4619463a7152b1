namespace UcSdk.Sip;

/// <summary>From a URI to a flow: locates the servers, passes over those that failed lately, and opens or finds a flow to the first that can be reached.</summary>
internal sealed class ServerFinder(
    SipCore core, ServerLocator locator, EndpointFlows flows, Func<SipTransportAddress, CancellationToken, Task<SipFlow>> connect)
{
    /// <summary>Where a request goes (RFC 3261 §8.1.2): the first Route, else the Request-URI.</summary>
    public static SipUri? NextHopOf(SipRequest request) =>
        request.Headers.GetList(HeaderName.Route).FirstOrDefault() is { } text && NameAddr.TryParse(text, out var route) ? route.Uri : request.Uri;

    /// <summary>A flow, and the servers that are left should it fail.</summary>
    /// <exception cref="SipException">There is no server (NoRoute), or none can be reached (ConnectFailed).</exception>
    public async Task<(SipFlow Flow, ServerSet Servers)> ReachAsync(SipUri uri, CancellationToken cancellationToken)
    {
        var targets = core.Targets.Arrange(await locator.LocateAsync(uri, cancellationToken), core.Edge.Now);
        if (targets.Count == 0)
        {
            throw new SipException(SipFailure.NoRoute, $"No server is known for {uri}.");
        }

        var failures = new List<SipException>();
        for (var index = 0; index < targets.Count; index++)
        {
            try
            {
                var flow = await flows.ReachAsync(targets[index], target => connect(target, cancellationToken));
                return (flow, new ServerSet(targets[index], targets.Skip(index + 1)));
            }
            catch (SipException failure)
            {
                core.Targets.Failed(targets[index], core.Edge.Now);
                failures.Add(failure);
            }
        }

        throw new SipException(
            SipFailure.ConnectFailed, $"No server for {uri} can be reached. {string.Join(' ', failures.Select(failure => failure.Message))}", failures[^1]);
    }
}
