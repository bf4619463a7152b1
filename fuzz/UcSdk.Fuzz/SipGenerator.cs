using System.Globalization;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Fuzz;

/// <summary>
/// Makes SIP out of its grammar (RFC 3261 §25.1): mostly valid, with every freedom that the grammar gives (folding, compact names, escapes, quoted
/// strings, empty parts), so that the parsers are reached behind the places where mutated examples already fail.
/// </summary>
internal sealed class SipGenerator(RandomSource random)
{
    private static readonly string[] Methods = ["INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "SUBSCRIBE", "NOTIFY", "REFER", "PRACK", "UPDATE", "MESSAGE", "X!%*_+`'~"];
    private static readonly string[] Schemes = ["sip", "sips", "tel", "SIP", "urn", "im"];
    private static readonly string[] Hosts = ["example.com", "a.b-c.d", "192.0.2.7", "[2001:db8::1]", "[::ffff:192.0.2.1]", "x", "EXAMPLE.COM.", "1.2.3"];
    private static readonly string[] UserPieces = ["alice", "%41", "a;b", "&=+$,;?/", "-_.!~*'()", "%00", "%zz", "", "1-212-555"];
    private static readonly string[] Words = ["token", "a.b", "%x", "\"quoted \\\" text\"", "\"\"", "\"\\\\\"", "é", "[::1]", "z9hG4bK1", "0", "4294967295", "1.000"];
    private static readonly string[] Names =
        ["Via", "v", "From", "f", "To", "t", "Contact", "m", "Route", "Record-Route", "Path", "CSeq", "Call-ID", "i", "Max-Forwards", "Expires", "Supported", "k", "Content-Type", "c", "Event", "o", "Subscription-State", "Authorization", "WWW-Authenticate", "Session-Expires", "x", "RSeq", "RAck", "Refer-To", "r", "Replaces", "Reason", "ms-diagnostics", "Warning", "X-Other", "vIa"];

    public byte[] Uri() => Encoding.UTF8.GetBytes(SipUri());

    public byte[] Message()
    {
        var text = new StringBuilder(StartLine());
        text.Append(LineEnd());
        text.Append("Via: ").Append(Via()).Append(LineEnd());
        text.Append("From: ").Append(Address()).Append(";tag=").Append(Pick(Words)).Append(LineEnd());
        text.Append("To: ").Append(Address()).Append(LineEnd());
        text.Append("Call-ID: ").Append(Pick(Words)).Append('@').Append(Pick(Hosts)).Append(LineEnd());
        text.Append("CSeq: ").Append(Number()).Append(' ').Append(Pick(Methods)).Append(LineEnd());
        for (var more = random.Next(8); more > 0; more--)
        {
            text.Append(Pick(Names)).Append(Space()).Append(':').Append(Fold()).Append(ValueText()).Append(LineEnd());
        }

        var body = new string('b', random.Next(40));
        if (random.Next(4) != 0)
        {
            var length = random.Next(8) == 0 ? random.Next(80) : body.Length;
            text.Append(random.Next(2) == 0 ? "Content-Length: " : "l:").Append(length.ToString(CultureInfo.InvariantCulture)).Append(LineEnd());
        }

        return Encoding.UTF8.GetBytes(text.Append(LineEnd()).Append(body).ToString());
    }

    private string StartLine() => random.Next(3) == 0
        ? $"SIP/2.0 {(100 + random.Next(620)).ToString(CultureInfo.InvariantCulture)} {Pick(Words)}"
        : $"{Pick(Methods)} {SipUri()} SIP/2.0";

    public string SipUri()
    {
        var text = new StringBuilder(Pick(Schemes)).Append(':');
        if (random.Next(4) != 0)
        {
            text.Append(Pick(UserPieces)).Append(random.Next(6) == 0 ? ":" + Pick(UserPieces) : "").Append('@');
        }

        text.Append(Pick(Hosts));
        if (random.Next(3) == 0)
        {
            text.Append(':').Append(Number());
        }

        text.Append(Parameters());
        return random.Next(8) == 0 ? text.Append('?').Append(Pick(UserPieces)).Append('=').Append(Pick(UserPieces)).ToString() : text.ToString();
    }

    public string Address() => random.Next(4) switch
    {
        0 => SipUri(),
        1 => $"<{SipUri()}>{Parameters()}",
        2 => $"{Pick(Words)}{Space()}<{SipUri()}>{Parameters()}",
        _ => $"\"{Pick(UserPieces).Replace('"', '\'')}\" <{Space()}{SipUri()}>{Space()}{Parameters()}",
    };

    public string Via() => $"SIP{Space()}/{Space()}2.0/{(random.Next(2) == 0 ? "UDP" : "tls")} {Pick(Hosts)}{(random.Next(2) == 0 ? ":" + Number() : "")}{Space()}{Parameters()}";

    private string ValueText() => random.Next(7) switch
    {
        0 => Via(),
        1 => Address(),
        2 => string.Join(",", Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Address())),
        3 => $"{Number()} {Pick(Methods)}",
        4 => Pick(Words) + Parameters(),
        5 => $"Digest realm={Pick(Words)},{Space()}nonce={Pick(Words)}, qop=\"auth,auth-int\", algorithm={Pick(Words)}",
        _ => string.Join(" ", Enumerable.Range(0, random.Next(4)).Select(_ => Pick(Words))),
    };

    public string Parameters()
    {
        var text = new StringBuilder();
        for (var more = random.Next(4); more > 0; more--)
        {
            text.Append(Space()).Append(';').Append(Space()).Append(random.Next(3) == 0 ? "branch" : "p" + Number());
            if (random.Next(3) != 0)
            {
                text.Append(Space()).Append('=').Append(Space()).Append(Pick(Words));
            }
        }

        return text.ToString();
    }

    public string Number() => random.Next(10) switch
    {
        0 => "4294967296",
        1 => "0",
        2 => "65536",
        3 => "-1",
        4 => "",
        _ => random.Next(70000).ToString(CultureInfo.InvariantCulture),
    };

    public string Method() => Pick(Methods);

    public string Word() => Pick(Words);

    public string OneOf(params string[] items) => Pick(items);

    private string LineEnd() => random.Next(16) == 0 ? "\n" : "\r\n";

    private string Space() => random.Next(12) switch { 0 => " ", 1 => "\t", 2 => "\r\n ", _ => "" };

    private string Fold() => random.Next(10) == 0 ? "\r\n  " : " ";

    private string Pick(string[] items) => items[random.Next(items.Length)];
}
