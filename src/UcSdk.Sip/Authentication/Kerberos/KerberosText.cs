using System.Net.Security;
using System.Runtime.InteropServices;

namespace UcSdk.Sip;

/// <summary>The platform's Kerberos: its name, the form of its tokens, and what its few statuses may mean.</summary>
internal static class KerberosText
{
    /// <summary>The name of the scheme, and of .NET's package: plain Kerberos without negotiation (SPNEGO).</summary>
    public const string Package = "Kerberos";

    public const string MissingPlatform = "this machine has no Kerberos (on Linux the library libgssapi_krb5.so.2)";

    public const string WithoutRealm = "this machine is in no realm (there is no /etc/krb5.conf, nor what KRB5_CONFIG names)";

    // RFC 4121 §4.1: the object identifier 1.2.840.113554.1.2.2, in DER.
    private static ReadOnlySpan<byte> Mechanism => [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 0x01, 0x02, 0x02];

    // RFC 4121 §4.1: KRB_AP_REQ.
    private static ReadOnlySpan<byte> Request => [0x01, 0x00];

    /// <summary>
    /// False on a Unix machine without a configuration: the platform would guess a realm from the user's name, and ask the DNS for it, in vain and for long.
    /// </summary>
    public static bool HasRealm(string? configuration, Func<string, bool> exists) =>
        !OperatingSystem.IsLinux() || (configuration ?? "/etc/krb5.conf").Split(':').Any(exists);

    /// <summary>True for the frame of an initial token (RFC 2743 §3.1) around an AP-REQ.</summary>
    public static bool IsToken(ReadOnlySpan<byte> token)
    {
        const int ShortFrame = 2;
        if (token.Length < ShortFrame || token[0] != 0x60)
        {
            return false;
        }

        // A length of up to 127 stands there itself; above that, how many bytes it has.
        var frame = token[1] < 0x80 ? ShortFrame : ShortFrame + (token[1] & 0x7F);
        return frame <= token.Length
            && token[frame..].StartsWith(Mechanism)
            && token[(frame + Mechanism.Length)..].StartsWith(Request);
    }

    /// <summary>Why a client has no ticket for the server.</summary>
    public static string WithoutTicket(NegotiateAuthenticationStatusCode status, bool hasPassword) => status switch
    {
        NegotiateAuthenticationStatusCode.UnknownCredentials or NegotiateAuthenticationStatusCode.InvalidCredentials when hasPassword =>
            $"no ticket for the user ({status}): the name or the password is wrong, or no KDC answers",
        NegotiateAuthenticationStatusCode.UnknownCredentials or NegotiateAuthenticationStatusCode.InvalidCredentials =>
            $"no ticket ({status}): the ticket cache has none that is valid, or no KDC answers",
        NegotiateAuthenticationStatusCode.Unsupported => MissingPlatform,
        NegotiateAuthenticationStatusCode.CredentialsExpired => "the user's ticket or password has expired (CredentialsExpired)",
        _ => $"no ticket for the server ({status}): the KDC does not know it by that name or does not answer, or the user's ticket has expired",
    };

    /// <summary>Why a server does not accept a ticket.</summary>
    public static string NotAccepted(NegotiateAuthenticationStatusCode status) => status switch
    {
        NegotiateAuthenticationStatusCode.UnknownCredentials or NegotiateAuthenticationStatusCode.InvalidCredentials =>
            $"this server has no Kerberos key ({status}): see KRB5_KTNAME",
        NegotiateAuthenticationStatusCode.Unsupported => MissingPlatform,
        NegotiateAuthenticationStatusCode.CredentialsExpired or NegotiateAuthenticationStatusCode.ContextExpired => $"the ticket has expired ({status})",
        NegotiateAuthenticationStatusCode.OutOfSequence => $"the ticket came before ({status})",
        NegotiateAuthenticationStatusCode.InvalidToken => $"the ticket is garbled ({status})",
        NegotiateAuthenticationStatusCode.MessageAltered => $"the ticket was changed on the way, or is for another key ({status})",
        NegotiateAuthenticationStatusCode.TargetUnknown => $"the ticket is for another service ({status})",
        NegotiateAuthenticationStatusCode.BadBinding => $"the ticket is bound to another channel ({status})",
        // All that MIT Kerberos says of the rest; its trace says more.
        _ => $"the ticket is not accepted ({status}): it is for another key or service, expired, replayed or garbled, or the clocks differ; KRB5_TRACE tells which",
    };

    /// <summary>True for what .NET throws where the platform has no Kerberos at all.</summary>
    public static bool IsMissingPlatform(Exception failure) =>
        failure is PlatformNotSupportedException or DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or ExternalException;
}
