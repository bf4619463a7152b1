using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// The name of a header field, compared without regard to case (RFC 3261 §7.3.1). Known names are single instances and know their
/// compact form; any other token is a name too and keeps its spelling.
/// </summary>
public sealed class HeaderName : IEquatable<HeaderName>
{
    private static readonly List<HeaderName> All = [];
    private static readonly HeaderName?[] CompactForms = new HeaderName?['z' + 1];

#pragma warning disable CS1591 // The names are the header names themselves.
    public static readonly HeaderName Via = Add("Via", 'v');
    public static readonly HeaderName From = Add("From", 'f');
    public static readonly HeaderName To = Add("To", 't');
    public static readonly HeaderName CallId = Add("Call-ID", 'i');
    public static readonly HeaderName CSeq = Add("CSeq");
    public static readonly HeaderName MaxForwards = Add("Max-Forwards");
    public static readonly HeaderName MaxBreadth = Add("Max-Breadth");
    public static readonly HeaderName Contact = Add("Contact", 'm');
    public static readonly HeaderName Route = Add("Route");
    public static readonly HeaderName RecordRoute = Add("Record-Route");
    public static readonly HeaderName Expires = Add("Expires");
    public static readonly HeaderName MinExpires = Add("Min-Expires");
    public static readonly HeaderName Event = Add("Event", 'o');
    public static readonly HeaderName AllowEvents = Add("Allow-Events", 'u');
    public static readonly HeaderName SubscriptionState = Add("Subscription-State");
    public static readonly HeaderName Allow = Add("Allow");
    public static readonly HeaderName Accept = Add("Accept");
    public static readonly HeaderName Supported = Add("Supported", 'k');
    public static readonly HeaderName Require = Add("Require");
    public static readonly HeaderName ProxyRequire = Add("Proxy-Require");
    public static readonly HeaderName Unsupported = Add("Unsupported");
    public static readonly HeaderName ContentType = Add("Content-Type", 'c');
    public static readonly HeaderName ContentLength = Add("Content-Length", 'l');
    public static readonly HeaderName ContentEncoding = Add("Content-Encoding", 'e');
    public static readonly HeaderName ContentDisposition = Add("Content-Disposition");
    public static readonly HeaderName ContentId = Add("Content-ID");
    public static readonly HeaderName SipETag = Add("SIP-ETag");
    public static readonly HeaderName SipIfMatch = Add("SIP-If-Match");
    public static readonly HeaderName Path = Add("Path");
    public static readonly HeaderName FlowTimer = Add("Flow-Timer");
    public static readonly HeaderName ServiceRoute = Add("Service-Route");
    public static readonly HeaderName Subject = Add("Subject", 's');
    public static readonly HeaderName UserAgent = Add("User-Agent");
    public static readonly HeaderName Server = Add("Server");
    public static readonly HeaderName Date = Add("Date");
    public static readonly HeaderName Warning = Add("Warning");
    public static readonly HeaderName Reason = Add("Reason");
    public static readonly HeaderName RetryAfter = Add("Retry-After");
    public static readonly HeaderName ReferTo = Add("Refer-To", 'r');
    public static readonly HeaderName ReferredBy = Add("Referred-By", 'b');
    public static readonly HeaderName ReferSub = Add("Refer-Sub");
    public static readonly HeaderName Replaces = Add("Replaces");
    public static readonly HeaderName Join = Add("Join");
    public static readonly HeaderName MinSE = Add("Min-SE");
    public static readonly HeaderName RSeq = Add("RSeq");
    public static readonly HeaderName RAck = Add("RAck");
    public static readonly HeaderName SessionExpires = Add("Session-Expires", 'x');
    public static readonly HeaderName WwwAuthenticate = Add("WWW-Authenticate");
    public static readonly HeaderName Authorization = Add("Authorization");
    public static readonly HeaderName ProxyAuthenticate = Add("Proxy-Authenticate");
    public static readonly HeaderName ProxyAuthorization = Add("Proxy-Authorization");
    public static readonly HeaderName AuthenticationInfo = Add("Authentication-Info");
    public static readonly HeaderName ProxyAuthenticationInfo = Add("Proxy-Authentication-Info");
    public static readonly HeaderName PPreferredIdentity = Add("P-Preferred-Identity");
    public static readonly HeaderName PPreferredRegistrar = Add("P-Preferred-Registrar");
    public static readonly HeaderName PAssertedIdentity = Add("P-Asserted-Identity");
    public static readonly HeaderName MsDiagnostics = Add("ms-diagnostics");
    public static readonly HeaderName MsDiagnosticsPublic = Add("ms-diagnostics-public");
    public static readonly HeaderName MsClientDiagnostics = Add("ms-client-diagnostics");
    public static readonly HeaderName MsKeepAlive = Add("ms-keep-alive");
    public static readonly HeaderName MsPiggybackCSeq = Add("ms-piggyback-cseq");
    public static readonly HeaderName MsConversationId = Add("Ms-Conversation-ID");
    public static readonly HeaderName PresenceState = Add("presence-state");
    public static readonly HeaderName MsSender = Add("Ms-Sender");
    public static readonly HeaderName MessageId = Add("Message-Id");
#pragma warning restore CS1591

    // Known names by length and outer letters; a name that falls on a taken place stands in the next free one.
    private static readonly byte[] Index = BuildIndex();

    private readonly byte[] _utf8;

    private HeaderName(string text, byte id = 0)
    {
        Text = text;
        Id = id;
        _utf8 = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The name as it is written.</summary>
    public string Text { get; }

    /// <summary>The number of a known name, from 1; 0 for others.</summary>
    internal byte Id { get; }

    /// <summary>The name as it is written, as bytes.</summary>
    internal ReadOnlySpan<byte> Bytes => _utf8;

    /// <summary>The header name of that text; a compact form gives the full name.</summary>
    /// <exception cref="ArgumentException">The text is not a token.</exception>
    public static HeaderName Of(string text)
    {
        if (!SipGrammar.IsToken(text))
        {
            throw new ArgumentException($"'{text}' is not a header name: a token is wanted.", nameof(text));
        }

        var name = new HeaderName(text);
        return IdOf(name.Bytes) is var id and > 0 ? OfId(id) : name;
    }

    /// <inheritdoc/>
    public bool Equals(HeaderName? other) =>
        ReferenceEquals(this, other) || (other is not null && Id == other.Id && Text.Equals(other.Text, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HeaderName);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The known name of that number.</summary>
    internal static HeaderName OfId(byte id) => All[id - 1];

    /// <summary>The number of the known name that the bytes are, in any case or compact; 0 when they are none.</summary>
    internal static byte IdOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 1)
        {
            var letter = bytes[0] | 0x20;
            return letter < CompactForms.Length && char.IsAsciiLetter((char)bytes[0]) && CompactForms[letter] is { } name ? name.Id : (byte)0;
        }

        var index = Index;
        for (var at = PlaceOf(bytes); !bytes.IsEmpty && index[at] is var id and > 0; at = (at + 1) & 0xFF)
        {
            if (Scan.EqualsIgnoreCase(bytes, OfId(id).Bytes))
            {
                return id;
            }
        }

        return 0;
    }

    /// <summary>True when the bytes can be a name.</summary>
    internal static bool IsName(ReadOnlySpan<byte> bytes) => bytes.Length is > 0 and <= 128 && Scan.IsAllOf(bytes, SipGrammar.TokenBytes);

    private static HeaderName Add(string text, char compact = '\0')
    {
        var name = new HeaderName(text, checked((byte)(All.Count + 1)));
        All.Add(name);
        if (compact != '\0')
        {
            CompactForms[compact] = name;
        }

        return name;
    }

    private static int PlaceOf(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? 0 : ((name.Length * 7) + ((name[0] | 0x20) * 31) + ((name[^1] | 0x20) * 5)) & 0xFF;

    private static byte[] BuildIndex()
    {
        var index = new byte[256];
        foreach (var name in All)
        {
            var at = PlaceOf(name.Bytes);
            while (index[at] != 0)
            {
                at = (at + 1) & 0xFF;
            }

            index[at] = name.Id;
        }

        return index;
    }
}
