using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>
/// Why a request was sent, in CANCEL, BYE and other requests inside a dialog: <c>SIP;cause=200;text="Call completed elsewhere"</c>, <c>Q.850;cause=16</c>
/// (RFC 3326 §2). A message may hold several, at most one of each protocol.
/// </summary>
public sealed class ReasonHeader
{
    /// <summary>Builds a value.</summary>
    /// <param name="protocol">Whose codes are meant: <c>SIP</c>, <c>Q.850</c> or another token.</param>
    /// <param name="cause">The code, 0 or more: a status code for SIP, 0–127 for Q.850; null to leave it out.</param>
    /// <param name="text">The same for people; null to leave it out.</param>
    /// <exception cref="ArgumentException">The protocol is no token, or the text holds a line end.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The cause is negative.</exception>
    public ReasonHeader(string protocol, int? cause = null, string? text = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cause ?? 0, nameof(cause));
        Protocol = SipGrammar.IsToken(protocol)
            ? protocol
            : throw new ArgumentException($"'{protocol}' is not a protocol: a token is wanted.", nameof(protocol));
        var parameters = cause is { } code ? SipParameters.Empty.With("cause", code.ToString(CultureInfo.InvariantCulture)) : SipParameters.Empty;
        Parameters = text is null ? parameters : parameters.WithQuoted("text", text);
    }

    private ReasonHeader(string protocol, SipParameters parameters)
    {
        Protocol = protocol;
        Parameters = parameters;
    }

    /// <summary>Whose codes are meant, as written; compare it without regard to case.</summary>
    public string Protocol { get; }

    /// <summary>The code; null when absent or unreadable.</summary>
    public int? Cause => int.TryParse(Parameters["cause"], NumberStyles.None, CultureInfo.InvariantCulture, out var cause) ? cause : null;

    /// <summary>The same for people; null when absent.</summary>
    public string? Text => Parameters["text"];

    /// <summary>All parameters in order, also the unknown ones.</summary>
    public SipParameters Parameters { get; }

    /// <summary>True when the codes are status codes of SIP.</summary>
    public bool IsSip => Protocol.Equals("SIP", StringComparison.OrdinalIgnoreCase);

    /// <summary>A status code of SIP and its usual phrase, unless another text is given.</summary>
    public static ReasonHeader OfStatus(int status, string? text = null) => new("SIP", status, text ?? StatusCode.ReasonPhrase(status));

    /// <summary>Every value of a message that can be read, in order.</summary>
    public static IReadOnlyList<ReasonHeader> AllOf(SipMessage message)
    {
        List<ReasonHeader>? all = null;
        foreach (var text in message.Headers.GetList(HeaderName.Reason))
        {
            if (TryParse(text, out var value))
            {
                (all ??= []).Add(value);
            }
        }

        return all ?? (IReadOnlyList<ReasonHeader>)[];
    }

    /// <summary>Reads one value.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ReasonHeader? value)
    {
        value = null;
        var rest = text.AsSpan().Trim(SipGrammar.Blanks);
        var semicolon = rest.IndexOf(';');
        var protocol = (semicolon < 0 ? rest : rest[..semicolon]).TrimEnd();
        var parameters = SipParameters.Empty;
        if (!SipGrammar.IsToken(protocol) || (semicolon >= 0 && !SipParameters.TryParse(rest[semicolon..], out parameters)))
        {
            return false;
        }

        value = new(protocol.ToString(), parameters);
        return true;
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() => Protocol + Parameters;

    /// <summary>The value with another parameter, in quotes.</summary>
    internal ReasonHeader With(string name, string value) => new(Protocol, Parameters.WithQuoted(name, value));

    internal static void AddTo(SipMessage message, IReadOnlyList<ReasonHeader> reasons)
    {
        foreach (var reason in reasons)
        {
            message.Headers.Add(HeaderName.Reason, reason.ToString());
        }
    }
}
