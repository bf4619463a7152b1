using System.Text;

namespace UcSdk.Conversations.Tests;

/// <summary>Bodies of messages that are made to hurt who reads them.</summary>
internal static class HostileBodies
{
    /// <summary>A name for each, its Content-Type and its bytes.</summary>
    public static IReadOnlyList<(string Name, string Type, byte[] Bytes)> All { get; } =
    [
        Of("script", "text/html", "<script>alert(1)</script><img src=\"http://evil.test/x\" onerror=\"alert(1)\"><a href=\"javascript:alert(1)\">here</a><iframe src=\"http://evil.test\"></iframe>"),
        Of("script in a style", "text/html", "<p style=\"background:url(javascript:alert(1));behavior:url(x)\">styled</p><svg onload=alert(1)><style>@import 'http://evil.test';</style>"),
        Of("script in pieces", "text/html", "<scr<script>ipt>alert(1)</scr</script>ipt><a href=\"java&#x0A;script:alert(1)\">x</a><a href=\"&#106;avascript:alert(1)\">y</a>"),
        Of("html without an end", "text/html", "<a href='" + new string('x', 60_000)),
        Of("html very deep", "text/html", string.Concat(Enumerable.Repeat("<b>", 20_000)) + "deep"),
        Of("references", "text/html", string.Concat(Enumerable.Repeat("&#1114112;&#xD800;&#0;&nosuch;", 2000))),
        Of("rtf very deep", "text/rtf", "{\\rtf1" + new string('{', 60_000)),
        Of("rtf with a bomb of binary data", "text/rtf", "{\\rtf1 boom\\bin2147483647 x}"),
        Of("rtf with an object", "text/rtf", "{\\rtf1{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata 01050000}}{\\field{\\*\\fldinst HYPERLINK \"javascript:alert(1)\"}{\\fldrslt x}}}"),
        Of("rtf with huge numbers", "application/rtf", "{\\rtf1\\fs999999999999999999999\\u-2147483648?\\uc1000000 x}"),
        Of("bytes that are no UTF-8", "text/plain; charset=UTF-8", [0xFF, 0xFE, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF5, 0x41]),
        Of("a charset that nobody has", "text/plain; charset=x-nobody", "words"),
        Of("UTF-7", "text/html; charset=UTF-7", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
        Of("UTF-16 of half a character", "text/plain; charset=UTF-16", [0x00, 0xD8, 0x41]),
        Of("control characters", "text/plain", "a\0b\u001b[2Jc\u202Ed\r\r\n"),
        Of("nothing", "text/plain", ""),
        Of("a type that is none", "text/html;;;=;\"", "<b>x</b>"),
        Of("a type of very many parameters", "text/plain" + string.Concat(Enumerable.Range(0, 300).Select(number => $";p{number}=x")), "x"),
        Of("a picture", "image/gif", "GIF89a"),
        Of("multipart without a boundary", "multipart/alternative", "--x\r\n\r\nwords\r\n--x--"),
        Of("multipart that never begins", "multipart/alternative; boundary=y", "--x\r\n\r\nwords\r\n--x--"),
        Of("multipart that never ends", "multipart/mixed; boundary=x", "--x\r\nContent-Type: text/plain\r\n\r\nwords"),
        Of("multipart in multipart", Nested(60).Type, Nested(60).Body),
        Of("multipart of ten thousand parts", "multipart/mixed; boundary=x", string.Concat(Enumerable.Repeat("--x\r\n\r\n\r\n", 7000)) + "--x--"),
        Of("base64 that is none", "multipart/alternative; boundary=x", "--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!=not=base64\r\n--x--"),
        Of("quoted-printable that is none", "multipart/alternative; boundary=x", "--x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ=\r\n=4\r\n--x--"),
        Of("an encoding that nobody has", "multipart/alternative; boundary=x", "--x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: x-bomb\r\n\r\nwords\r\n--x--"),
        Of("more than a chat takes", "text/plain", new string('x', 65_537)),
        Of("typing that is no XML", "application/im-iscomposing+xml", "<!DOCTYPE a [<!ENTITY b \"" + new string('c', 1000) + "\">]><isComposing>&b;&b;</isComposing>"),
        Of("a report that nobody asked for", "message/imdn+xml", "<imdn><recipient uri=\"sip:x@y\"><status>9</status></recipient></imdn>"),
    ];

    private static (string Name, string Type, byte[] Bytes) Of(string name, string type, string body) => (name, type, Encoding.UTF8.GetBytes(body));

    private static (string Name, string Type, byte[] Bytes) Of(string name, string type, byte[] body) => (name, type, body);

    private static (string Type, string Body) Nested(int depth)
    {
        var (type, body) = ("text/plain", "at the bottom");
        for (var level = 0; level < depth; level++)
        {
            body = $"--b{level}\r\nContent-Type: {type}\r\n\r\n{body}\r\n--b{level}--";
            type = $"multipart/mixed; boundary=b{level}";
        }

        return (type, body);
    }
}
