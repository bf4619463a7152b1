using System.Text;

namespace UcSdk.Benchmarks;

/// <summary>An INVITE of 1.1 kB as a desktop client sends it, through one proxy.</summary>
internal static class SampleInvite
{
    private const string Body = """
        v=0
        o=- 0 0 IN IP4 192.0.2.15
        s=session
        c=IN IP4 192.0.2.15
        b=CT:99980
        t=0 0
        m=audio 20000 RTP/SAVP 0 8 13 101
        a=rtcp:20001
        a=label:main-audio
        a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^31
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:13 CN/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-16
        a=ptime:20
        a=maxptime:200
        a=encryption:optional
        a=sendrecv

        """;

    private const string Head = """
        INVITE sip:bob@contoso.test;gruu;opaque=app:conf:audio-video:id:7ECB5F9B SIP/2.0
        Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK77ef4c2312983.1;received=192.0.2.1
        Via: SIP/2.0/TLS 192.0.2.15:49734;branch=z9hG4bKnashds8;ms-received-port=49734
        Record-Route: <sip:pool.contoso.test:5061;transport=tls;lr>
        Max-Forwards: 69
        From: "Alice" <sip:alice@contoso.test>;tag=9fxced76sl;epid=c8ca638a15
        To: <sip:bob@contoso.test>
        Call-ID: 3848276298220188511a3b9c
        CSeq: 314159 INVITE
        Contact: <sip:alice@contoso.test;opaque=user:epid:21nYNIVlkV-jtN6FPBU0fQAA;gruu>
        User-Agent: UcSdk
        Supported: timer, ms-conf-invite, ms-sender
        Content-Type: application/sdp
        Content-Length: {0}


        """;

    public static byte[] Bytes { get; } = Build();

    private static byte[] Build()
    {
        var body = Body.ReplaceLineEndings("\r\n");
        var head = Head.ReplaceLineEndings("\r\n").Replace("{0}", Encoding.UTF8.GetByteCount(body).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(head + body);
    }
}
