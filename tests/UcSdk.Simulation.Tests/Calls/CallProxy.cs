using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// A stateful proxy that record-routes and knows its phones by the names of their hosts: <c>sip:NAME@calls.test</c> is one of them,
/// <c>sip:all@calls.test</c> rings all but the caller.
/// </summary>
internal sealed class CallProxy(CallWorld world) : CallHost(world, HostName, ["UDP", "TCP"]), IDigestUserStore
{
    public const string HostName = "proxy";
    public const string Domain = "calls.test";
    public const string Everybody = "all";
    public const string Realm = "calls";

    private readonly DigestSecret _secret = DigestSecret.OfPassword(new SipPassword("secret"));
    private DigestAuthenticator? _authenticator;

    protected override SipEndpointOptions Options => new() { IsProxy = true };

    public DigestSecret? Find(string userName, string realm, DigestAlgorithm algorithm) => _secret;

    // Who answers for everybody speaks inside the dialog as everybody.
    public bool Owns(string userName, SipUri address) => address.User == userName || address.User == Everybody;

    protected override void Started(SipEndpoint endpoint)
    {
        endpoint.RouteRequest = request => FlowTo(NextHopOf(request));
        endpoint.RequestReceived = Forward;
        _authenticator = World.Plan.Challenges
            ? new(new DigestServerOptions { Realm = Realm, NonceLifetime = TimeSpan.FromSeconds(20) }, this, World.Random.Fork(), () => endpoint.Loop.Now)
            : null;
    }

    /// <summary>Phones on streams come by themselves.</summary>
    protected override async Task ReadyAsync()
    {
        foreach (var phone in World.Phones.Where(phone => phone.Transports[0] == "UDP"))
        {
            await Endpoint.ConnectAsync(new SipTransportAddress("UDP", phone.Name, 5060));
        }
    }

    private static string NextHopOf(SipRequest request) =>
        request.Headers.GetList(HeaderName.Route).FirstOrDefault() is { } text && NameAddr.TryParse(text, out var route) ? route.Uri.Host : request.Uri!.Host;

    private void Forward(IncomingRequest incoming)
    {
        var request = incoming.Request;
        var isInside = request.To!.Tag is not null;
        if (_authenticator is not null && (!isInside || World.Plan.ChallengesInDialogs) && _authenticator.Authenticate(incoming, asProxy: true) is null)
        {
            World.Tally.Count("proxy", "challenged");
            return;
        }

        List<ProxyTarget> targets = [];
        foreach (var host in HostsOf(request))
        {
            if (FlowTo(host) is { } flow)
            {
                targets.Add(new(isInside ? request.Uri! : SipUri.Create(host, host, 5060), flow));
            }
        }

        World.Tally.Count("proxy", targets.Count switch { 0 => "nowhere", 1 => "forwarded", _ => "forked" });
        incoming.Proxy(targets);
    }

    private IEnumerable<string> HostsOf(SipRequest request)
    {
        var uri = request.Uri!;
        return uri.Host != Domain ? [uri.Host]
            : uri.User == Everybody ? World.Phones.Select(phone => phone.Name).Where(name => name != request.From!.Uri.User)
            : [uri.User];
    }
}
