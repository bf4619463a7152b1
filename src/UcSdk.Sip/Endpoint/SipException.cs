using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The peer or the network did not do what was asked of it: the one exception of this floor.</summary>
public sealed class SipException : Exception
{
    /// <summary>Makes the exception for a local failure.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="message">What was being done, and what happened.</param>
    /// <param name="inner">What the network said; null when there is nothing to add.</param>
    public SipException(SipFailure failure, string message, Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
        StatusCode = failure switch
        {
            SipFailure.TimedOut => Sip.StatusCode.RequestTimeout,
            SipFailure.NoRoute => Sip.StatusCode.TemporarilyUnavailable,
            SipFailure.Canceled => Sip.StatusCode.RequestTerminated,
            _ => Sip.StatusCode.ServiceUnavailable,
        };
        ReasonPhrase = Sip.StatusCode.ReasonPhrase(StatusCode);
    }

    /// <summary>Makes the exception for a refusal.</summary>
    /// <param name="response">The final response, 300–699.</param>
    /// <param name="operation">What was asked, e.g. <c>REGISTER sip:contoso.com</c>.</param>
    public SipException(SipResponse response, string operation)
        : base(MessageOf(response, operation))
    {
        Failure = SipFailure.Refused;
        StatusCode = response.StatusCode;
        ReasonPhrase = response.ReasonPhrase;
        Response = response;
        Diagnostics = MsDiagnostics.Of(response);
        RetryAfter = ReadRetryAfter(response.Headers[HeaderName.RetryAfter]);
    }

    /// <summary>What kind of failure it is.</summary>
    public SipFailure Failure { get; }

    /// <summary>The status code of the refusal; for local failures the code that stands for them: 408, 480, 487, 503.</summary>
    public int StatusCode { get; }

    /// <summary>The text behind the code.</summary>
    public string ReasonPhrase { get; }

    /// <summary>Why the peer refused, by its own diagnostics header ([MS-OCER]); null when the response has none.</summary>
    public MsDiagnostics? Diagnostics { get; }

    /// <summary>When the peer suggests to try again (RFC 3261 §20.33); null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The refusal; null for local failures.</summary>
    public SipResponse? Response { get; }

    /// <summary>Throws unless the response is a success.</summary>
    /// <exception cref="SipException">The response is final and not 2xx.</exception>
    public static void ThrowIfRefused(SipResponse response, string operation)
    {
        if (response.StatusCode >= 300)
        {
            throw new SipException(response, operation);
        }
    }

    private static string MessageOf(SipResponse response, string operation)
    {
        var message = $"{operation} was refused: {response.StatusCode.ToString(CultureInfo.InvariantCulture)} {response.ReasonPhrase}";
        return response.Tried is { } tried ? $"{message} ({tried})" : message;
    }

    internal static TimeSpan? ReadRetryAfter(SipResponse response) => ReadRetryAfter(response.Headers[HeaderName.RetryAfter]);

    private static TimeSpan? ReadRetryAfter(string? value)
    {
        var digits = value.AsSpan().Trim();
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }
}
