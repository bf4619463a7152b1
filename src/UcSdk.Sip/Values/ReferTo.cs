using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>
/// Refer-To: what the receiver of a REFER is asked to do (RFC 3515 §2.1): send a request, INVITE unless the URI names another method, to the
/// target, with the header fields that the URI carries (RFC 3261 §19.1.1), Replaces among them for an attended transfer (RFC 3891 §4).
/// </summary>
public sealed class ReferTo
{
    private static readonly HashSet<string> NotOfUri = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "To", "Call-ID", "CSeq", "Via", "Max-Forwards", "Record-Route", "Route", "Contact", "Path", "Service-Route", "Accept", "Accept-Encoding",
        "Accept-Language", "Allow", "Allow-Events", "Supported", "Organization", "User-Agent", "Authorization", "Proxy-Authorization", "Content-Length",
        "Content-Type", "Content-Encoding", "Date", "Timestamp", "Mime-Version", "Referred-By", "P-Asserted-Identity", "P-Preferred-Identity", "Identity",
        "Replaces", "Require", "Proxy-Require", "body",
    };

    private ReferTo(NameAddr address)
    {
        Address = address;
        var uri = address.Uri;
        Method = uri.IsSip && uri.Parameters["method"] is { } name ? SipMethod.Parse(name) : SipMethod.Invite;
        Headers = ReadHeaders(uri.Headers);
        var bare = uri.Headers.Length > 0 ? SipUri.Parse(uri.Text[..^(uri.Headers.Length + 1)]) : uri;
        Target = bare.IsSip ? bare.WithoutParameter("method") : bare;
        Replaces = Headers.FirstOrDefault(header => header.Key.Equals("Replaces", StringComparison.OrdinalIgnoreCase)).Value is { } text
            && Sip.Replaces.TryParse(text, out var replaces) ? replaces : null;
    }

    /// <summary>The value as it was written.</summary>
    public NameAddr Address { get; }

    /// <summary>Where the request is to go: the URI without its header fields and method.</summary>
    public SipUri Target { get; }

    /// <summary>The request's method; INVITE where the URI names none.</summary>
    public SipMethod Method { get; }

    /// <summary>The dialog that the request is to replace; null for none (RFC 3891).</summary>
    public Replaces? Replaces { get; }

    /// <summary>The header fields of the URI, unescaped, in order, all of them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>
    /// The header fields that a request made of it may take over: without those that would forge identity, route or abilities of the sender
    /// (RFC 3261 §19.1.5), and without Replaces, which has its own place.
    /// </summary>
    internal IEnumerable<KeyValuePair<string, string>> SafeHeaders =>
        Headers.Where(header => !NotOfUri.Contains(header.Key) && SipGrammar.IsToken(header.Key) && SipGrammar.IsSingleLine(header.Value));

    /// <summary>Asks for an INVITE to the target: a blind transfer.</summary>
    public static ReferTo To(SipUri target) => new(new NameAddr(target));

    /// <summary>Asks for a request of another method, or with a display name or parameters of its own.</summary>
    public static ReferTo To(NameAddr target) => new(target);

    /// <summary>Asks for an INVITE that replaces a dialog at the target: an attended transfer (RFC 5589 §7).</summary>
    /// <param name="target">Where the replaced dialog's other end is.</param>
    /// <param name="replaces">The dialog, in the words of the target.</param>
    public static ReferTo To(SipUri target, Replaces replaces) =>
        new(new NameAddr(SipUri.Parse($"{target.Text}{(target.Headers.Length > 0 ? '&' : '?')}Replaces={Uri.EscapeDataString(replaces.ToString())}")));

    /// <summary>Asks for an INVITE to the peer of a session of ours, in our place (RFC 5589 §7.1).</summary>
    /// <exception cref="ArgumentException">The session has no dialog yet.</exception>
    public static ReferTo PeerOf(InviteSession session) =>
        session.Dialog is { } dialog
            ? To(dialog.RemoteTarget, Sip.Replaces.Of(dialog))
            : throw new ArgumentException($"The session is {session.State} and has no dialog that could be replaced.", nameof(session));

    /// <summary>Reads a value; a Replaces in it that cannot be read makes it unreadable.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ReferTo? value)
    {
        value = null;
        if (!NameAddr.TryParse(text, out var address) || (address.Uri.Parameters["method"] is { } method && !SipMethod.TryParse(method, out _)))
        {
            return false;
        }

        var read = new ReferTo(address);
        if (read.Replaces is null && read.Headers.Any(header => header.Key.Equals("Replaces", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        value = read;
        return true;
    }

    /// <summary>The one Refer-To of a REFER; false when it has none, several, or an unreadable one (RFC 3515 §2.4.1: 400).</summary>
    public static bool TryRead(SipRequest refer, [NotNullWhen(true)] out ReferTo? value)
    {
        value = null;
        var values = refer.Headers.GetAll(HeaderName.ReferTo).Take(2).ToArray();
        return values.Length == 1 && TryParse(values[0], out value);
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() => Address.ToString();

    private static KeyValuePair<string, string>[] ReadHeaders(string headers) =>
    [
        .. headers.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(header => header.Split('=', 2))
            .Select(parts => KeyValuePair.Create(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""))),
    ];
}
