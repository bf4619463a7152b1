using System.Diagnostics.CodeAnalysis;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// What a Lync registrar tells an endpoint about its registration, in the body of a NOTIFY of the package <see cref="Package"/> ([MS-SIPREGE] §2.2.1.13):
/// <code>deregistered;event=unregistered</code>
/// </summary>
/// <param name="IsRegistered">True where the body begins with <c>registered</c>: the binding stands.</param>
/// <param name="Event">Why, in lower case; one of the constants here or something that registrars say elsewhere.</param>
internal sealed record RegistrationEvent(bool IsRegistered, string Event)
{
    /// <summary>The value of Event.</summary>
    public const string Package = "registration-notify";

    /// <summary>The media type of the body.</summary>
    public const string ContentType = "text/registration-event";

    /// <summary>Too many endpoints, or the user signed in elsewhere.</summary>
    public const string Unregistered = "unregistered";

    /// <summary>The administrator disabled the user.</summary>
    public const string Rejected = "rejected";

    /// <summary>The service is not available to the user here for a time: the user is being moved to another server.</summary>
    public const string Deactivated = "deactivated";

    /// <summary>The user's presence service is gone. With <c>registered</c> the binding outlives it ([MS-SIPREGE] §3.5).</summary>
    public const string UserServicesUnavailable = "userservices-unavailable";

    /// <summary>The user's registrar changed; the header P-Preferred-Registrar names it.</summary>
    public const string PreferredRegistrarChange = "preferred-registrar-change";

    private const string Rule = "[MS-SIPREGE] §2.2.1.13";

    /// <summary>Characters of the word; one more, and the body is refused.</summary>
    internal static readonly Limit MaxEventLength = new(nameof(MaxEventLength), 64);

    /// <summary>True when the request is of the package.</summary>
    public static bool IsNotice(SipRequest request) => request.Method == SipMethod.Notify && EventPackage.Of(request) == Package;

    /// <summary>Reads a body; case does not matter, and white space around the parts is skipped.</summary>
    /// <returns>False when the body does not say <c>deregistered</c> or <c>registered</c> with an event.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out RegistrationEvent? registrationEvent, out ParseError error)
    {
        registrationEvent = null;
        var reader = new SpanReader(body);
        var state = ReadWord(ref reader);
        if (state is not ("deregistered" or "registered") || !TrySkip(ref reader, (byte)';'))
        {
            error = new(reader.Position, "deregistered; or registered;", Rule);
            return false;
        }

        if (ReadWord(ref reader) != "event" || !TrySkip(ref reader, (byte)'=') || ReadWord(ref reader) is not { Length: > 0 } token)
        {
            error = new(reader.Position, "event=token", Rule);
            return false;
        }

        if (!MaxEventLength.Allows(token.Length))
        {
            error = MaxEventLength.Exceeded(reader.Position);
            return false;
        }

        error = default;
        registrationEvent = new RegistrationEvent(state == "registered", token);
        return true;
    }

    /// <summary>The body as ASCII.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes($"{(IsRegistered ? "registered" : "deregistered")};event={Event}");

    private static string ReadWord(ref SpanReader reader)
    {
        reader.SkipWhitespace();
        return reader.TryReadWhile(SipGrammar.TokenBytes, out var read) ? Encoding.ASCII.GetString(read).ToLowerInvariant() : "";
    }

    private static bool TrySkip(ref SpanReader reader, byte expected)
    {
        reader.SkipWhitespace();
        return reader.TrySkip(expected);
    }
}
