using System.Diagnostics.CodeAnalysis;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Documents;

/// <summary>
/// What a registrar tells an endpoint whose registration it ended (<see cref="ContentTypes.RegistrationEvent"/>; [MS-SIPREGE] §2.2.1.13):
/// <code>deregistered;event=unregistered</code>
/// </summary>
/// <param name="Event">Why, of <see cref="RegistrationEvents"/>; peers may use other words.</param>
public sealed record RegistrationEvent(string Event)
{
    private const string Rule = "[MS-SIPREGE] §2.2.1.13";

    /// <summary>Characters of the word; one more, and the body is refused.</summary>
    internal static readonly Limit MaxEventLength = new(nameof(MaxEventLength), 64);

    private static readonly System.Buffers.SearchValues<byte> Token =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~"u8);

    /// <summary>Reads a body; case does not matter, and white space around the parts is skipped.</summary>
    /// <returns>False when the body does not say <c>deregistered</c> with an event.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out RegistrationEvent? registrationEvent, out DocumentError error)
    {
        registrationEvent = null;
        var reader = new SpanReader(body.Span);
        if (!TryReadWord(ref reader, "deregistered") || !TrySkip(ref reader, (byte)';'))
        {
            return Fail(reader, "deregistered;", Rule, out error);
        }

        if (!TryReadWord(ref reader, "event") || !TrySkip(ref reader, (byte)'=') || !reader.TryReadWhile(Token, out var token))
        {
            return Fail(reader, "event=token", Rule, out error);
        }

        if (!MaxEventLength.Allows(token.Length))
        {
            return Fail(reader, MaxEventLength.Exceeded(0).Expected, MaxEventLength.Name, out error);
        }

        error = default;
        registrationEvent = new RegistrationEvent(Encoding.ASCII.GetString(token).ToLowerInvariant());
        return true;
    }

    /// <summary>The body as ASCII.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes($"deregistered;event={Event}");

    private static bool TryReadWord(ref SpanReader reader, string word)
    {
        reader.SkipWhitespace();
        return reader.TryReadWhile(Token, out var read) && Encoding.ASCII.GetString(read).Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TrySkip(ref SpanReader reader, byte expected)
    {
        reader.SkipWhitespace();
        if (!reader.TrySkip(expected))
        {
            return false;
        }

        reader.SkipWhitespace();
        return true;
    }

    private static bool Fail(SpanReader reader, string expected, string rule, out DocumentError error)
    {
        error = new DocumentError("registration-event", expected, rule, 1, reader.Position + 1);
        return false;
    }
}
