using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The server, a peer or the network did not do what was asked. Each kind of operation has its own subclass that names the stage. What a
/// caller does wrong is an <see cref="ArgumentException"/> or an <see cref="InvalidStateException"/> instead.
/// </summary>
public class LyncClientException : Exception
{
    private protected LyncClientException(string message, Exception? inner)
        : base(message, inner)
    {
        if (inner is SipException sip)
        {
            StatusCode = sip.StatusCode;
            ReasonPhrase = sip.ReasonPhrase;
            Diagnostics = sip.Diagnostics;
            RetryAfter = sip.RetryAfter;
        }
    }

    /// <summary>
    /// The SIP status code: the peer's, or the one that stands for what happened here (408 no answer, 487 taken back, 503 connection lost). 0
    /// when SIP has no part in it.
    /// </summary>
    public int StatusCode { get; private protected init; }

    /// <summary>The text behind the code, or the reason of a failed conference command; empty when there is none.</summary>
    public string ReasonPhrase { get; private protected init; } = "";

    /// <summary>The server's diagnosis (ms-diagnostics, [MS-OCER] §2.2): an id, a reason and more; null when it gave none.</summary>
    public MsDiagnostics? Diagnostics { get; private protected init; }

    /// <summary>When the server suggests to try again; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>What happened, in words, for the end of a message.</summary>
    private protected static string Why(Exception? inner) => inner switch
    {
        null => "",
        SipException { Diagnostics: { } diagnostics } sip => $": {sip.StatusCode} {sip.ReasonPhrase} ({diagnostics})",
        SipException sip => $": {sip.StatusCode} {sip.ReasonPhrase}",
        _ => ": " + inner.Message,
    };
}
