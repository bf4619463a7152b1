using System.Text;

namespace UcSdk.Sip;

/// <summary>A SIP method; methods are tokens and compared exactly (RFC 3261 §7.1).</summary>
public readonly record struct SipMethod
{
    private static readonly Dictionary<string, SipMethod> Known = new(StringComparer.Ordinal);

#pragma warning disable CS1591 // The names are the methods themselves.
    public static readonly SipMethod Invite = Add("INVITE");
    public static readonly SipMethod Ack = Add("ACK");
    public static readonly SipMethod Bye = Add("BYE");
    public static readonly SipMethod Cancel = Add("CANCEL");
    public static readonly SipMethod Register = Add("REGISTER");
    public static readonly SipMethod Options = Add("OPTIONS");
    public static readonly SipMethod Subscribe = Add("SUBSCRIBE");
    public static readonly SipMethod Notify = Add("NOTIFY");
    public static readonly SipMethod Info = Add("INFO");
    public static readonly SipMethod Message = Add("MESSAGE");
    public static readonly SipMethod Update = Add("UPDATE");
    public static readonly SipMethod Refer = Add("REFER");
    public static readonly SipMethod Prack = Add("PRACK");
    public static readonly SipMethod Publish = Add("PUBLISH");
#pragma warning restore CS1591

    /// <summary>Best-effort NOTIFY, which is never answered ([MS-SIP] §2.2.1).</summary>
    public static readonly SipMethod Benotify = Add("BENOTIFY");

    /// <summary>SOAP and C3P requests to a service ([MS-SIP] §2.2.2).</summary>
    public static readonly SipMethod Service = Add("SERVICE");

    private readonly string? _name;

    private SipMethod(string name) => _name = name;

    /// <summary>The method as it stands in the start line.</summary>
    public string Name => _name ?? "";

    /// <summary>True for INVITE, whose transactions are of another kind.</summary>
    public bool IsInvite => _name == "INVITE";

    /// <summary>True for methods that get no response and make no transaction of their own: ACK and BENOTIFY.</summary>
    public bool IsUnanswered => _name is "ACK" or "BENOTIFY";

    /// <summary>The method of that name; any token is a method.</summary>
    /// <exception cref="ArgumentException">The name is not a token.</exception>
    public static SipMethod Parse(string name) =>
        TryParse(name, out var method) ? method : throw new ArgumentException($"'{name}' is not a SIP method: a token is wanted.", nameof(name));

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(ReadOnlySpan<char> name, out SipMethod method)
    {
        if (Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out method))
        {
            return true;
        }

        var valid = SipGrammar.IsToken(name);
        method = valid ? new SipMethod(name.ToString()) : default;
        return valid;
    }

    internal static bool TryParse(ReadOnlySpan<byte> name, out SipMethod method)
    {
        Span<char> text = stackalloc char[64];
        if (name.Length > text.Length)
        {
            method = default;
            return false;
        }

        return TryParse(text[..Encoding.Latin1.GetChars(name, text)], out method);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static SipMethod Add(string name) => Known[name] = new SipMethod(name);
}
