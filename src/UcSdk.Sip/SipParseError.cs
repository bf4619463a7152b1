using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Where and why something from the network could not be read as SIP. It is a value: bad bytes never raise an exception.</summary>
/// <param name="Offset">Offset, in bytes, from the start of the message or value.</param>
/// <param name="Expected">What the grammar wanted there.</param>
/// <param name="Rule">The rule of the grammar, e.g. <c>RFC 3261 §25.1 Request-Line</c>, or the name of the limit exceeded.</param>
public readonly record struct SipParseError(int Offset, string Expected, string Rule)
{
    internal static SipParseError From(ParseError error) => new(error.Offset, error.Expected, error.Rule);

    /// <summary>One line for logs and for the reason phrase of a 400.</summary>
    public override string ToString() => Expected is null ? "no error" : $"offset {Offset}: expected {Expected} ({Rule})";
}
