using System.Buffers;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>A SIP response (RFC 3261 §7.2).</summary>
public sealed class SipResponse : SipMessage
{
    /// <summary>An empty response; usually made by <see cref="SipRequest.CreateResponse"/>.</summary>
    /// <param name="statusCode">100–699.</param>
    /// <param name="reasonPhrase">Null for the usual phrase.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is outside 100–699.</exception>
    /// <exception cref="ArgumentException">The phrase holds a line end.</exception>
    public SipResponse(int statusCode, string? reasonPhrase = null)
        : this(statusCode, reasonPhrase, [])
    {
    }

    /// <summary>An empty response whose fields may be slices of a request.</summary>
    internal SipResponse(int statusCode, string? reasonPhrase, byte[] bytes, int capacity = 12)
        : this(statusCode, reasonPhrase ?? Sip.StatusCode.ReasonPhrase(statusCode), new SipHeaders(bytes, capacity), default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 699);
        if (!SipGrammar.IsSingleLine(ReasonPhrase))
        {
            throw new ArgumentException("A reason phrase holds no line end.", nameof(reasonPhrase));
        }
    }

    internal SipResponse(int statusCode, string reasonPhrase, SipHeaders headers, ReadOnlyMemory<byte> body)
        : base(headers, body)
    {
        StatusCode = statusCode;
        ReasonPhrase = reasonPhrase;
    }

    /// <summary>100–699.</summary>
    public int StatusCode { get; }

    /// <summary>The text behind the code; for people, not for programs.</summary>
    public string ReasonPhrase { get; }

    /// <summary>True when a security association of the flow has found its signature right ([MS-SIPAE] §3.2.5).</summary>
    internal bool IsVouchedFor { get; set; }

    /// <summary>Of a challenge that could not be answered: which schemes were tried, and why each failed; null otherwise.</summary>
    internal string? Tried { get; set; }

    /// <summary>Of a challenge that could not be answered: the schemes that were tried, in order, and why each failed; empty otherwise.</summary>
    internal IReadOnlyList<(string Scheme, string Why)> FailedSchemes { get; set; } = [];

    /// <summary>1xx.</summary>
    public bool IsProvisional => StatusCode < 200;

    /// <summary>2xx.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>200 and above.</summary>
    public bool IsFinal => StatusCode >= 200;

    /// <summary>A copy that can be changed.</summary>
    public SipResponse Clone() => new(StatusCode, ReasonPhrase, Headers.Clone(), Body);

    /// <summary>The start line.</summary>
    public override string ToString() => $"{SipGrammar.Version} {StatusCode.ToString(CultureInfo.InvariantCulture)} {ReasonPhrase}";

    internal override void WriteStartLine(IBufferWriter<byte> writer)
    {
        writer.Write("SIP/2.0 "u8);
        SipWriter.WriteNumber(writer, StatusCode);
        writer.Write(" "u8);
        SipWriter.WriteText(writer, ReasonPhrase);
        writer.Write("\r\n"u8);
    }
}
