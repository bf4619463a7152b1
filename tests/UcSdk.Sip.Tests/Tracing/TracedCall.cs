using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>A short traced call between a client and a server, with everything in it that a trace must hide.</summary>
internal static class TracedCall
{
    public const string Sdp =
        "v=0\r\na=ice-pwd:SECRET1\r\na=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:SECRET2|2^31\r\na=cryptoscale:1 client AES_CM_128_HMAC_SHA1_80 inline:SECRET3\r\n" +
        "a=candidate:1 1 UDP 2130706431 192.0.2.1 50000 typ host\r\na=candidate:user 1 SECRET4 UDP 0.830 192.0.2.1 50000\r\na=rtpmap:8 PCMA/8000\r\n";

    private static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SipFlow Client = new("TCP", new("TCP", "alice", 50001), new("TCP", "server", 5060), isReliable: true, isOutgoing: true);

    private static readonly SipFlow Server = new("TCP", new("TCP", "server", 5060), new("TCP", "alice", 50001), isReliable: true, isOutgoing: false);

    private static readonly SipFlow Callee = new("TCP", new("TCP", "server", 5060), new("TCP", "bob", 50002), isReliable: true, isOutgoing: false);

    public static SipTraceEntry[] Entries()
    {
        var invite = Request("INVITE", "c1", "Authorization: NTLM qop=\"auth\", response=\"SECRET5\"\r\nContent-Type: application/sdp\r\n", Sdp);
        var ringing = Response("180 Ringing", "INVITE", "c1");
        return
        [
            Entry(1000, SipTraceDirection.Sent, Client, invite),
            Entry(1002, SipTraceDirection.Received, Server, invite),
            Entry(1003, SipTraceDirection.Sent, Callee, invite),
            Entry(1250, SipTraceDirection.Received, Callee, ringing),
            Entry(1251, SipTraceDirection.Sent, Server, ringing),
            Entry(1253, SipTraceDirection.Received, Client, ringing),
            Entry(2000, SipTraceDirection.Sent, Client, Request("SUBSCRIBE", "c2", "Event: conference\r\nContent-Type: text/xml\r\n", "<login><password>SECRET6</password></login>")),
            Entry(3000, SipTraceDirection.Received, Client, "\0\u0001\u0002"u8.ToArray()),
        ];
    }

    private static SipTraceEntry Entry(int milliseconds, SipTraceDirection direction, SipFlow flow, byte[] bytes) =>
        new(TimeSpan.FromMilliseconds(milliseconds), Start.AddMilliseconds(milliseconds), direction, flow, bytes);

    private static byte[] Request(string method, string callId, string fields, string body) => Encoding.UTF8.GetBytes(
        $"{method} sip:bob@example.test SIP/2.0\r\nVia: SIP/2.0/TCP alice;branch=z9hG4bK1\r\nFrom: <sip:alice@example.test>;tag=1\r\nTo: <sip:bob@example.test>\r\n" +
        $"Call-ID: {callId}\r\nCSeq: 1 {method}\r\n{fields}Content-Length: {body.Length}\r\n\r\n{body}");

    private static byte[] Response(string status, string method, string callId) => Encoding.UTF8.GetBytes(
        $"SIP/2.0 {status}\r\nVia: SIP/2.0/TCP alice;branch=z9hG4bK1\r\nFrom: <sip:alice@example.test>;tag=1\r\nTo: <sip:bob@example.test>;tag=2\r\n" +
        $"Call-ID: {callId}\r\nCSeq: 1 {method}\r\nContent-Length: 0\r\n\r\n");
}
