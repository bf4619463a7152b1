using System.Globalization;
using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>A client that says what it is told to and counts what it hears: what it costs itself is next to nothing.</summary>
internal sealed class CountingPeer(SimulationScheduler scheduler, ISipTransport transport, string user) : ISipTransportEvents
{
    private SipFlow? _flow;
    private int _sequence;

    public string Address => $"sip:{user}@contoso.test";

    /// <summary>Messages heard; of answers only 200 are expected.</summary>
    public int Heard { get; private set; }

    public void Connect(SipTransportAddress server)
    {
        scheduler.Run(() => transport.StartAsync(this, default));
        scheduler.Run(async () => _flow = await transport.ConnectAsync(server, default));
    }

    public void Register() => Send("REGISTER", "sip:contoso.test", "Event: registration\r\nSupported: gruu-10\r\n", "", to: Address);

    /// <summary>Watches users by one subscription, as clients of the family do.</summary>
    public void Watch(IEnumerable<string> users)
    {
        var resources = string.Concat(users.Select(one => $"""<resource uri="{one}"/>"""));
        Send(
            "SUBSCRIBE",
            Address,
            "Event: presence\r\nAccept: application/msrtc-event-categories+xml, application/rlmi+xml, multipart/related\r\nRequire: adhoclist, categoryList\r\nSupported: ms-benotify\r\nSupported: ms-piggyback-first-notify\r\nContent-Type: application/msrtc-adrl-categorylist+xml\r\n",
            $"""<batchSub xmlns="http://schemas.microsoft.com/2006/01/sip/batch-subscribe" uri="{Address}" name=""><action name="subscribe" id="1"><adhocList>{resources}</adhocList><categoryList xmlns="http://schemas.microsoft.com/2006/09/sip/categorylist"><category name="state"/><category name="note"/></categoryList></action></batchSub>""");
    }

    /// <summary>Subscribes plainly, with BENOTIFY.</summary>
    public void Subscribe() => Send("SUBSCRIBE", "sip:bare@contoso.test", "Event: presence\r\nSupported: ms-benotify\r\nSupported: ms-piggyback-first-notify\r\n", "");

    /// <summary>Publishes the user's own choice.</summary>
    public void Publish(int version, int availability)
    {
        var state = $"""<state xmlns="http://schemas.microsoft.com/2006/09/sip/state" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" manual="true" xsi:type="userState"><availability>{availability}</availability></state>""";
        var publications = string.Concat(Enumerable.Range(2, 2).Select(container =>
            $"""<publication categoryName="state" instance="536870912" container="{container}" version="{version}" expireType="static">{state}</publication>"""));
        Send(
            "SERVICE",
            Address,
            "Content-Type: application/msrtc-category-publish+xml\r\n",
            $"""<publish xmlns="http://schemas.microsoft.com/2006/09/sip/rich-presence"><publications uri="{Address}">{publications}</publications></publish>""");
    }

    public void Close() => scheduler.Run(async () => await transport.DisposeAsync());

    void ISipTransportEvents.FlowOpened(SipFlow flow)
    {
    }

    void ISipTransportEvents.FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error)
    {
    }

    void ISipTransportEvents.MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message)
    {
        Heard++;
        if (message.Span.StartsWith("SIP/2.0 "u8) && !message.Span.StartsWith("SIP/2.0 200"u8))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(message.Span[..message.Span.IndexOf((byte)'\r')]));
        }
    }

    private void Send(string method, string uri, string headers, string body, string? to = null)
    {
        var number = (++_sequence).ToString(CultureInfo.InvariantCulture);
        var text = $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/tcp 10.0.0.1:5060;branch=z9hG4bK{user}{number}\r\nMax-Forwards: 70\r\nFrom: <{Address}>;tag=t{user};epid={user}\r\nTo: <{to ?? uri}>\r\n"
            + $"Call-ID: {user}{number}\r\nCSeq: {number} {method}\r\nContact: <sip:10.0.0.1:5060;transport=tcp>\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        scheduler.Run(async () => await transport.SendAsync(_flow!, Encoding.UTF8.GetBytes(text), default));
        scheduler.RunUntilIdle();
    }
}
