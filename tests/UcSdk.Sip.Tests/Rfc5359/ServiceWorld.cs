using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>
/// The phones, proxies and servers of RFC 5359, each a real endpoint on a network in memory, and what they say to each other. A hop takes 10 ms, so that
/// nobody's own 100 (after 200 ms) comes between; where the RFC numbers one, it is left out here.
/// </summary>
internal sealed class ServiceWorld : IDisposable
{
    private readonly SimulationScheduler _simulation = new();
    private readonly MemoryNetwork _network;
    private readonly List<ServicePhone> _phones = [];
    private readonly Dictionary<string, char> _tags = new(StringComparer.Ordinal);
    private readonly List<string> _calls = [];
    private int _told;

    public ServiceWorld() =>
        _network = new(new MemoryNetworkOptions { Seed = 1, Delay = TimeSpan.FromMilliseconds(10) }, new LoopRuntime(_simulation, new SeededRandomSource(1)));

    /// <summary>A user agent, in reach of all that were added before it.</summary>
    public ServicePhone Add(string name, SipEndpointOptions? options = null)
    {
        var loop = new SerialLoop(_simulation);
        var address = new SipTransportAddress("TCP", HostOf(name), 5060);
        var endpoint = new SipEndpoint(
            (options ?? new()) with { Server = "", UserAgent = "" },
            new LoopRuntime(_simulation, new SeededRandomSource((ulong)(100 + _phones.Count))),
            loop,
            [_network.CreateTransport(HostOf(name), address, loop)]);
        _simulation.Run(() => endpoint.StartAsync());
        foreach (var other in _phones)
        {
            _simulation.Run(() => endpoint.ConnectAsync(new SipTransportAddress("TCP", HostOf(other.Name), 5060)));
        }

        endpoint.RouteRequest = request => FlowTo(endpoint, HopOf(request).Host);
        var phone = new ServicePhone(this, name, endpoint);
        _phones.Add(phone);
        return phone;
    }

    /// <summary>A proxy that stays in the path; <paramref name="route"/> takes what has no dialog yet, everything else goes by Route.</summary>
    public ServicePhone AddProxy(string name, Action<IncomingRequest> route)
    {
        var phone = Add(name, new() { IsProxy = true });
        phone.Endpoint.RequestReceived = request =>
        {
            if (request.Request.To!.Tag is null)
            {
                route(request);
            }
            else
            {
                var next = request.Request.Headers.GetList(HeaderName.Route).Select(UriOfRoute).FirstOrDefault(uri => uri.Host != HostOf(name)) ?? request.Request.Uri!;
                request.Proxy([new(request.Request.Uri!, FlowTo(phone.Endpoint, next.Host)!)]);
            }
        };
        return phone;
    }

    /// <summary>Where a proxy sends a request that is for that phone.</summary>
    public static ProxyTarget TargetOf(ServicePhone proxy, ServicePhone phone) => new(phone.Uri, FlowTo(proxy.Endpoint, HostOf(phone.Name))!);

    public static string HostOf(string name) => name + ".example.com";

    public T Do<T>(ServicePhone phone, Func<T> function)
    {
        T result = default!;
        phone.Endpoint.Loop.Post(() => { result = function(); });
        Settle();
        return result;
    }

    public void Advance(TimeSpan time) => _simulation.Advance(time);

    /// <summary>Lets what is under way arrive and be answered.</summary>
    public void Settle() => Advance(TimeSpan.FromMilliseconds(150));

    /// <summary>What was said so far is no part of what follows.</summary>
    public void SaidBefore() => Tell();

    /// <summary>
    /// What was said since the last time is exactly this: who to whom, start line, CSeq, the dialog (number of the Call-ID, tags of From and To as letters, in
    /// the order of their first appearance), hosts of Route, and what the service is made of: direction of the media, Refer-To, Replaces, Event.
    /// </summary>
    public void Said(string expected)
    {
        var said = Tell();
        Assert.True(said == expected.ReplaceLineEndings("\n").Trim(), "This was said:\n" + said);
    }

    /// <summary>After all timers have run out nothing is alive anywhere but the flows.</summary>
    public void NothingIsLeft()
    {
        Advance(TimeSpan.FromMinutes(10));
        foreach (var phone in _phones)
        {
            Assert.True(phone.Endpoint.Counts == new SipEndpointCounts { Flows = phone.Endpoint.Flows.Count }, $"{phone.Name}: {phone.Endpoint.Counts}");
        }
    }

    public void Dispose() => _network.Dispose();

    private static SipFlow? FlowTo(SipEndpoint endpoint, string host) => endpoint.Flows.FirstOrDefault(flow => flow.Remote.Host == host);

    private static SipUri HopOf(SipRequest request) => request.Headers.GetList(HeaderName.Route).Select(UriOfRoute).FirstOrDefault() ?? request.Uri!;

    private static SipUri UriOfRoute(string text) => NameAddr.TryParse(text, out var route) ? route.Uri : throw new FormatException(text);

    private string Tell()
    {
        var entries = _network.Transcript.Skip(_told).ToList();
        _told += entries.Count;
        return string.Join('\n', entries.Select((entry, at) =>
        {
            Assert.True(SipMessage.TryParse(entry.Bytes, SipLimits.Default, out var message, out var error), error.ToString());
            return $"F{at + 1} {NameOf(entry.From.Host)} → {NameOf(entry.To.Host)}: {Tell(message!)}";
        }));
    }

    private string Tell(SipMessage message)
    {
        var line = new StringBuilder(message is SipRequest request ? $"{request.Method} {Short(request.UriText)}" : StatusLine((SipResponse)message));
        line.Append($" | {message.CSeq} | {Number(message.CallId!)}{Letter(message.From!.Tag)}{Letter(message.To!.Tag)}");
        if (message.Headers.Contains(HeaderName.Route))
        {
            line.Append($" | Route {string.Join(' ', message.Headers.GetList(HeaderName.Route).Select(text => NameOf(UriOfRoute(text).Host)))}");
        }

        foreach (var name in new[] { HeaderName.ReferTo, HeaderName.ReferredBy, HeaderName.Event, HeaderName.SubscriptionState })
        {
            if (message.Headers[name] is { } value)
            {
                line.Append($" | {(name == HeaderName.ReferTo ? TellReferTo(value) : name == HeaderName.SubscriptionState ? value.Split(';')[0] : Short(value))}");
            }
        }

        foreach (var name in new[] { HeaderName.Replaces, HeaderName.Join })
        {
            if (message is SipRequest && Replaces.TryParse(message.Headers[name], out var replaces))
            {
                line.Append($" | {name} {Tell(replaces)}");
            }
        }

        if (message.Contact?.Parameters.Contains("isfocus") == true)
        {
            line.Append(" | isfocus");
        }

        return line.Append(TellBody(message)).ToString();
    }

    private static string StatusLine(SipResponse response) => $"{response.StatusCode} {response.ReasonPhrase}";

    // The media's direction, the status that a NOTIFY tells, or the text of a message.
    private static string TellBody(SipMessage message) => message.Headers[HeaderName.ContentType] switch
    {
        "application/sdp" => " | " + message.BodyText.Split('\n').Last(line => line.StartsWith("a=", StringComparison.Ordinal))[2..].Trim(),
        null => "",
        _ => " | " + message.BodyText.Trim(),
    };

    private string TellReferTo(string value)
    {
        Assert.True(ReferTo.TryParse(value, out var referTo));
        return $"to {Short(referTo.Target.Text)}{(referTo.Replaces is { } replaces ? " replacing " + Tell(replaces) : "")}";
    }

    // As the receiver of the INVITE knows the dialog: its own tag second, as in what its peer sends.
    private string Tell(Replaces replaces) =>
        $"{Number(replaces.CallId)}{Letter(replaces.FromTag)}{Letter(replaces.ToTag)}{(replaces.IsEarlyOnly ? " early-only" : "")}";

    private static string Short(string text) => text.Replace(".example.com", "", StringComparison.Ordinal).Replace(":5060;transport=tcp", "", StringComparison.Ordinal);

    private int Number(string callId)
    {
        if (!_calls.Contains(callId))
        {
            _calls.Add(callId);
        }

        return _calls.IndexOf(callId) + 1;
    }

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

    private string NameOf(string host) => _phones.Find(phone => HostOf(phone.Name) == host)?.Name ?? host;
}
