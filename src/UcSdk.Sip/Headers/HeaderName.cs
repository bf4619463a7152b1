using System.Collections.Frozen;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// The name of a header field, compared without regard to case (RFC 3261 §7.3.1). Known names are single instances and know their
/// compact form; any other token is a name too and keeps its spelling.
/// </summary>
public sealed class HeaderName : IEquatable<HeaderName>
{
    private static readonly List<HeaderName> All = [];
    private static readonly Dictionary<string, HeaderName> CompactForms = [];

#pragma warning disable CS1591 // The names are the header names themselves.
    public static readonly HeaderName Via = Add("Via", 'v');
    public static readonly HeaderName From = Add("From", 'f');
    public static readonly HeaderName To = Add("To", 't');
    public static readonly HeaderName CallId = Add("Call-ID", 'i');
    public static readonly HeaderName CSeq = Add("CSeq");
    public static readonly HeaderName MaxForwards = Add("Max-Forwards");
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
    public static readonly HeaderName PAssertedIdentity = Add("P-Asserted-Identity");
    public static readonly HeaderName MsDiagnostics = Add("ms-diagnostics");
    public static readonly HeaderName MsDiagnosticsPublic = Add("ms-diagnostics-public");
    public static readonly HeaderName MsClientDiagnostics = Add("ms-client-diagnostics");
    public static readonly HeaderName MsKeepAlive = Add("ms-keep-alive");
    public static readonly HeaderName MsPiggybackCSeq = Add("ms-piggyback-cseq");
    public static readonly HeaderName MsConversationId = Add("Ms-Conversation-ID");
    public static readonly HeaderName PresenceState = Add("presence-state");
#pragma warning restore CS1591

    private static readonly FrozenDictionary<string, HeaderName> ByName = BuildIndex();

    private HeaderName(string text) => Text = text;

    /// <summary>The name as it is written.</summary>
    public string Text { get; }

    /// <summary>The header name of that text; a compact form gives the full name.</summary>
    /// <exception cref="ArgumentException">The text is not a token.</exception>
    public static HeaderName Of(string text) =>
        ByName.TryGetValue(text, out var known) ? known
        : SipGrammar.IsToken(text) ? new HeaderName(text)
        : throw new ArgumentException($"'{text}' is not a header name: a token is wanted.", nameof(text));

    /// <inheritdoc/>
    public bool Equals(HeaderName? other) =>
        ReferenceEquals(this, other) || (other is not null && Text.Equals(other.Text, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HeaderName);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Reads a name from the wire; null when it is not a token.</summary>
    internal static HeaderName? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.Length > 128 || bytes.ContainsAnyExcept(SipGrammar.TokenBytes))
        {
            return null;
        }

        Span<char> text = stackalloc char[bytes.Length];
        Encoding.Latin1.GetChars(bytes, text);
        return ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known) ? known : new HeaderName(text.ToString());
    }

    private static HeaderName Add(string text, char compact = '\0')
    {
        var name = new HeaderName(text);
        All.Add(name);
        if (compact != '\0')
        {
            CompactForms[compact.ToString()] = name;
        }

        return name;
    }

    private static FrozenDictionary<string, HeaderName> BuildIndex() =>
        All.Select(name => KeyValuePair.Create(name.Text, name)).Concat(CompactForms).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
