using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>
/// The elements of RFC 3665 §1.4, each a real endpoint on a network in memory, and what they say to each other. A hop takes 250 ms, so that every proxy's
/// own 100, which goes out after 200 ms (RFC 3261 §17.2.1), stands where the RFC numbers it.
/// </summary>
internal sealed class FlowWorld : IDisposable
{
    private static readonly TimeSpan Hop = TimeSpan.FromMilliseconds(250);

    // The round trip over two proxies is longer than the T1 of the RFC, and nothing is to be repeated.
    private static readonly SipTimings Timings = new() { T1 = TimeSpan.FromSeconds(2) };

    private static readonly DigestServerOptions Digest = new() { Realm = "", Algorithms = [DigestAlgorithm.Md5] };

    private readonly SimulationScheduler _simulation = new();
    private readonly MemoryNetwork _network;
    private readonly Dictionary<string, SipEndpoint> _endpoints = [];
    private readonly Dictionary<(string From, string To), SipFlow> _flows = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<string, char> _tags = new(StringComparer.Ordinal);
    private int _told;

    public FlowWorld()
    {
        _network = new(new MemoryNetworkOptions { Seed = 1, Delay = Hop }, new LoopRuntime(_simulation, new SeededRandomSource(1)));
    }

    public static NameAddr Alice { get; } = new(SipUri.Parse("sip:alice@atlanta.example.com"), "Alice");

    public static NameAddr Bob { get; } = new(SipUri.Parse("sip:bob@biloxi.example.com"), "Bob");

    /// <summary>The RFC's hosts by the short names of this test.</summary>
    public static string HostOf(string name) => name switch
    {
        "alice" => "client.atlanta.example.com",
        "bob" => "client.biloxi.example.com",
        "ss1" => "ss1.atlanta.example.com",
        "ss2" => "ss2.biloxi.example.com",
        "ss3" => "ss3.chicago.example.com",
        "alg" => "alg1.atlanta.example.com",
        _ => name + ".example.com",
    };

    public static SipUri UriOf(string name, string user = "") =>
        SipUri.Create(user, HostOf(name), 5060).WithParameter("transport", "tcp");

    public Timestamp Now => _simulation.Clock.Now;

    /// <summary>An element that listens on TCP and UDP.</summary>
    public SipEndpoint Add(string name, SipEndpointOptions? options = null)
    {
        var loop = new SerialLoop(_simulation);
        var endpoint = new SipEndpoint(
            (options ?? new()) with { Server = "", UserAgent = "", Timings = Timings },
            new LoopRuntime(_simulation, new SeededRandomSource((ulong)(100 + _names.Count))),
            loop,
            [.. new[] { "TCP", "UDP" }.Select(transport => _network.CreateTransport(HostOf(name), new(transport, HostOf(name), 5060), loop))]);
        _names.Add(name);
        _endpoints.Add(name, endpoint);
        _simulation.Run(() => endpoint.StartAsync());
        // Everything that an element sends without naming a flow goes by the topmost Route, or to the Request-URI.
        endpoint.RouteRequest = request => FlowTowards(name, HopOf(request));
        return endpoint;
    }

    /// <summary>A proxy that sends requests on: to where <paramref name="locate"/> says when it is responsible, else by Route or Request-URI.</summary>
    public SipEndpoint AddProxy(string name, Func<SipRequest, SipUri?> locate, ProxyOptions? options = null, Func<IncomingRequest, bool>? admit = null)
    {
        var endpoint = Add(name, new() { IsProxy = true });
        var own = new ProxyOptions { RecordRouteUri = SipUri.Parse($"sip:{HostOf(name)};lr") };
        endpoint.RequestReceived = request =>
        {
            if (admit is not null && !admit(request))
            {
                return;
            }

            var target = request.Request.To!.Tag is null ? locate(request.Request) ?? request.Request.Uri! : request.Request.Uri!;
            var next = request.Request.Headers.GetList(HeaderName.Route).Select(UriOfRoute).FirstOrDefault(uri => uri.Host != HostOf(name)) ?? target;
            request.Proxy([new(target, FlowTowards(name, next)!)], options ?? own);
        };
        return endpoint;
    }

    /// <summary>Somebody who wants to know who sends; Bob and Alice have told their passwords to everybody.</summary>
    public DigestAuthenticator Authenticator(string realm) =>
        new(Digest with { Realm = realm }, new FlowUsers(), new SeededRandomSource(55), () => Now);

    /// <summary>Opens the flow from one element to another, by which both reach each other.</summary>
    public SipFlow Connect(string from, string to, string transport = "TCP")
    {
        var flow = _simulation.Run(() => _endpoints[from].ConnectAsync(new SipTransportAddress(transport, HostOf(to), 5060)));
        _flows[(from, to)] = flow;
        return flow;
    }

    public void Do(string name, Action action)
    {
        _endpoints[name].Loop.Post(action);
        _simulation.RunUntilIdle();
    }

    public T Do<T>(string name, Func<T> function)
    {
        T result = default!;
        Do(name, () => { result = function(); });
        return result;
    }

    /// <summary>What was said so far is no part of what follows.</summary>
    public void SaidBefore() => _told = _network.Transcript.Count;

    public void Advance(TimeSpan time) => _simulation.Advance(time);

    /// <summary>Lets what is under way arrive.</summary>
    public void Settle() => Advance(TimeSpan.FromSeconds(5));

    public void Block(string name) => _network.Block(HostOf(name));

    /// <summary>
    /// What was said since the last time is exactly this: who to whom, start line, CSeq, hosts of Via from the top, tags of From and To as letters in
    /// the order of their first appearance, hosts of Route and Record-Route.
    /// </summary>
    public void Said(string expected)
    {
        var said = string.Join('\n', Tell().Select((line, at) => $"F{at + 1} {line}"));
        Assert.True(said == expected.ReplaceLineEndings("\n").Trim(), "This was said:\n" + said);
    }

    /// <summary>The messages themselves, in order; those that <see cref="Said"/> has shown as well.</summary>
    public List<SipMessage> Messages => [.. _network.Transcript.Select(entry => Parse(entry.Bytes))];

    /// <summary>Alice's INVITE, as in F1 of most flows: by way of her proxy, with an offer.</summary>
    public SipRequest AliceInvites(string uri = "sip:bob@biloxi.example.com", string? route = "ss1", bool offer = true)
    {
        var invite = _endpoints["alice"].CreateRequest(SipMethod.Invite, SipUri.Parse(uri), Alice, Bob);
        invite.Headers.Add(HeaderName.Contact, $"<{UriOf("alice", "alice")}>");
        if (route is not null)
        {
            invite.Headers.Add(HeaderName.Route, $"<sip:{HostOf(route)};lr>");
        }

        if (offer)
        {
            invite.SetBody("application/sdp", Sdp("alice"));
        }

        return invite;
    }

    /// <summary>Proxy 1 of Alice's domain and Proxy 2 of Bob's, who is behind it; either may want to know who calls.</summary>
    public void AddTwoProxies(DigestAuthenticator? first = null, DigestAuthenticator? second = null, string transportToBob = "TCP")
    {
        AddProxy("ss1", _ => null, admit: request => Admits(first, request));
        AddProxy("ss2", _ => UriOf("bob", "bob"), admit: request => Admits(second, request));
        Add("bob");
        Connect("alice", "ss1");
        Connect("ss1", "ss2");
        Connect("ss2", "bob", transportToBob);
    }

    public void BobSays(Action<IncomingRequest> answer) => _endpoints["bob"].RequestReceived = answer;

    public Callee BobRings()
    {
        var callee = new Callee();
        BobSays(request =>
        {
            callee.Session = request.CreateInviteSession(new NameAddr(UriOf("bob", "bob")));
            callee.Session.Ring();
        });
        return callee;
    }

    public void BobAnswers(Callee callee)
    {
        _ = Do("bob", () => callee.Session.AcceptAsync("application/sdp", Sdp("bob", "192.0.2.201")));
        Advance(TimeSpan.FromSeconds(1.75));
    }

    /// <summary>After all timers have run out nothing is alive anywhere but the flows.</summary>
    public void NothingIsLeft()
    {
        Advance(TimeSpan.FromMinutes(10));
        foreach (var (name, endpoint) in _endpoints)
        {
            Assert.True(endpoint.Counts == new SipEndpointCounts { Flows = endpoint.Flows.Count }, $"{name}: {endpoint.Counts}");
        }
    }

    public void Dispose() => _network.Dispose();

    /// <summary>The media of one side, as in RFC 3665 §3.1.</summary>
    public static byte[] Sdp(string name, string address = "192.0.2.101", uint version = 2890844526) => Encoding.UTF8.GetBytes(
        $"v=0\r\no={name} 2890844526 {version} IN IP4 {HostOf(name)}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio 49172 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n");

    private static bool Admits(DigestAuthenticator? authenticator, IncomingRequest request) =>
        authenticator is null || !request.Request.Method.IsInvite || authenticator.Authenticate(request, asProxy: true) is not null;

    private static SipUri HopOf(SipRequest request) =>
        request.Headers.GetList(HeaderName.Route).Select(UriOfRoute).FirstOrDefault() ?? request.Uri!;

    private static SipUri UriOfRoute(string text) => NameAddr.TryParse(text, out var route) ? route.Uri : throw new FormatException(text);

    private static SipMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        Assert.True(SipMessage.TryParse(bytes, SipLimits.Default, out var message, out var error), error.ToString());
        return message!;
    }

    private SipFlow? FlowTowards(string from, SipUri hop)
    {
        var to = _names.Find(name => HostOf(name) == hop.Host) ?? hop.Host switch { "atlanta.example.com" => "ss1", "biloxi.example.com" => "ss2", _ => null };
        if (to is null)
        {
            return null;
        }

        // The other end of a flow is what the listener sees of the one who connected.
        return _flows.GetValueOrDefault((from, to))
            ?? _endpoints[from].Flows.FirstOrDefault(flow => !flow.IsOutgoing && flow.Remote.Host == HostOf(to));
    }

    private IEnumerable<string> Tell()
    {
        var said = _network.Transcript.Skip(_told).ToList();
        _told += said.Count;
        foreach (var entry in said)
        {
            var message = Parse(entry.Bytes);
            var line = new StringBuilder($"{NameOf(entry.From.Host)} → {NameOf(entry.To.Host)}: ");
            line.Append(message is SipRequest request ? $"{request.Method} {request.UriText.Replace(":5060;transport=tcp", "", StringComparison.Ordinal)}" : StatusLine((SipResponse)message));
            line.Append($" | {message.CSeq} | {Letter(message.From!.Tag)}{Letter(message.To!.Tag)} | Via {Hosts(message, HeaderName.Via)}");
            foreach (var name in new[] { HeaderName.Route, HeaderName.RecordRoute })
            {
                if (message.Headers.Contains(name))
                {
                    line.Append($" | {name} {Hosts(message, name)}");
                }
            }

            yield return line.ToString();
        }
    }

    private static string StatusLine(SipResponse response) => $"{response.StatusCode} {response.ReasonPhrase}";

    private char Letter(string? tag)
    {
        if (tag is null)
        {
            return '-';
        }

        if (!_tags.TryGetValue(tag, out var letter))
        {
            _tags.Add(tag, letter = (char)('a' + _tags.Count));
        }

        return letter;
    }

    private string Hosts(SipMessage message, HeaderName name) => string.Join(
        ' ', message.Headers.GetList(name).Select(text => NameOf(name == HeaderName.Via ? Via.TryParse(text, out var via) ? via.Host : text : UriOfRoute(text).Host)));

    private string NameOf(string host) => _names.Find(name => HostOf(name) == host) ?? host;
}
