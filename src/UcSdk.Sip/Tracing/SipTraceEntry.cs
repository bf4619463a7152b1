using System.Globalization;

namespace UcSdk.Sip;

/// <summary>One message as an endpoint sent or received it.</summary>
public sealed class SipTraceEntry
{
    private SipMessage? _message;
    private bool _isParsed;

    /// <summary>Made by the endpoint.</summary>
    /// <param name="elapsed">Time on the endpoint's monotonic clock; only differences mean anything.</param>
    /// <param name="time">Wall-clock time.</param>
    /// <param name="direction">Which way it went.</param>
    /// <param name="flow">Over which flow.</param>
    /// <param name="bytes">The whole message.</param>
    /// <param name="message">The message as read; null when it is not read yet or could not be.</param>
    public SipTraceEntry(
        TimeSpan elapsed, DateTimeOffset time, SipTraceDirection direction, SipFlow flow, ReadOnlyMemory<byte> bytes, SipMessage? message = null)
    {
        Elapsed = elapsed;
        Time = time;
        Direction = direction;
        Flow = flow;
        Bytes = bytes;
        _message = message;
        _isParsed = message is not null;
    }

    /// <summary>Time on the endpoint's monotonic clock; only differences mean anything.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Wall-clock time.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Which way it went.</summary>
    public SipTraceDirection Direction { get; }

    /// <summary>Over which flow.</summary>
    public SipFlow Flow { get; }

    /// <summary>The whole message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The sender's end of the flow.</summary>
    public SipTransportAddress From => Direction == SipTraceDirection.Sent ? Flow.Local : Flow.Remote;

    /// <summary>The receiver's end of the flow.</summary>
    public SipTransportAddress To => Direction == SipTraceDirection.Sent ? Flow.Remote : Flow.Local;

    /// <summary>The message as read; null when the bytes are no message. Entries are read on one thread.</summary>
    public SipMessage? Message
    {
        get
        {
            if (!_isParsed)
            {
                _isParsed = true;
                SipMessage.TryParse(Bytes, SipLimits.Unlimited, out _message, out _);
            }

            return _message;
        }
    }

    /// <summary>Time, ends and start line; never a body.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Time:HH:mm:ss.fff} {From} → {To} {Message?.ToString() ?? "(unreadable)"}");
}
