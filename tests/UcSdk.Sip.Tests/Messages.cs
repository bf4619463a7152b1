namespace UcSdk.Sip.Tests;

/// <summary>The requests that the tests begin with, in the words of RFC 3665 where it has them.</summary>
internal static class Messages
{
    public static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    public static NameAddr Alice => new(SipUri.Parse("sip:alice@self.test"));

    public static NameAddr Bob => new(SipUri.Parse("sip:bob@peer.test"));

    public static SipRequest Invite(PeerWire wire) =>
        wire.Endpoint.CreateRequest(SipMethod.Invite, Bob.Uri, Alice, Bob);

    public static SipRequest Options(PeerWire wire) =>
        wire.Endpoint.CreateRequest(SipMethod.Options, Bob.Uri, Alice, Bob);

    public static SipRequest Subscribe(PeerWire wire, string? expires = null)
    {
        var request = wire.Endpoint.CreateRequest(SipMethod.Subscribe, Bob.Uri, Alice, Bob);
        request.Headers.Add(HeaderName.Event, "conference");
        BestEffortNotify.Request(request);
        if (expires is not null)
        {
            request.Headers.Add(HeaderName.Expires, expires);
        }

        return request;
    }

    /// <summary>A request from the peer, outside a dialog or inside one.</summary>
    public static string FromPeer(
        string method, int cseq = 1, string branch = "z9hG4bKpeer1", string toTag = "", string more = "", string callId = "call1", string body = "",
        string uri = "sip:alice@self.test") =>
        $"""
        {method} {uri} SIP/2.0
        Via: SIP/2.0/TCP peer.test:5070;branch={branch}
        Max-Forwards: 70
        From: <sip:bob@peer.test>;tag=peertag
        To: <sip:alice@self.test>{(toTag.Length > 0 ? ";tag=" + toTag : "")}
        Call-ID: {callId}
        CSeq: {cseq} {method}
        Contact: <sip:bob@peer.test:5070;transport=tcp>
        """ + (more.Length > 0 ? "\n" + more : "") + "\n\n" + body;
}
