using System.Text;

namespace UcSdk.Sip;

/// <summary>A SIP method; methods are tokens and compared exactly (RFC 3261 §7.1).</summary>
public readonly record struct SipMethod
{
    private static readonly List<SipMethod> Known = [];

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

    private const int MaxLength = 64;

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
        foreach (var known in Known)
        {
            if (name.SequenceEqual(known.Name))
            {
                method = known;
                return true;
            }
        }

        var valid = SipGrammar.IsToken(name);
        method = valid ? new SipMethod(name.ToString()) : default;
        return valid;
    }

    internal static bool TryParse(ReadOnlySpan<byte> name, out SipMethod method)
    {
        foreach (var known in Known)
        {
            if (Ascii.Equals(name, known.Name))
            {
                method = known;
                return true;
            }
        }

        var valid = name.Length is > 0 and <= MaxLength && Scan.IsAllOf(name, SipGrammar.TokenBytes);
        method = valid ? new SipMethod(Encoding.ASCII.GetString(name)) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static SipMethod Add(string name)
    {
        var method = new SipMethod(name);
        Known.Add(method);
        return method;
    }
}
