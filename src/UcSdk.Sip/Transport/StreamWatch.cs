using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>What a stream's peer may take its time for: the next byte, the rest of a message, the pong to our ping. Sans-IO.</summary>
internal sealed class StreamWatch(StreamTransportOptions options, bool isOutgoing, Timestamp now)
{
    private Timestamp _lastReceived = now;
    private Timestamp? _messageBegun;
    private Timestamp? _pinged;

    /// <summary>When the first of them runs out; null when nothing is watched.</summary>
    public Timestamp? Deadline
    {
        get
        {
            Timestamp? earliest = null;
            Consider(options.IdleTimeout, isOutgoing ? null : _lastReceived);
            Consider(options.MessageTimeout, _messageBegun);
            Consider(options.PongTimeout, _pinged);
            return earliest;

            void Consider(TimeSpan limit, Timestamp? since)
            {
                if (limit > TimeSpan.Zero && since is { } begun && (earliest is not { } other || begun + limit < other))
                {
                    earliest = begun + limit;
                }
            }
        }
    }

    /// <summary>Bytes came; what is left of them is the beginning of a message, or nothing.</summary>
    public void Received(Timestamp now, bool hasPart)
    {
        _lastReceived = now;
        _messageBegun = hasPart ? _messageBegun ?? now : null;
        // Whatever comes shows that the peer is there (RFC 5626 §4.4.1 asks for the pong alone; a message says more).
        _pinged = null;
    }

    public void Pinged(Timestamp now) => _pinged ??= now;

    /// <summary>What has run out by now; null when nothing has.</summary>
    public (SipFlowEnd End, string What)? Overdue(Timestamp now) =>
        IsOver(options.PongTimeout, _pinged, now) ? (SipFlowEnd.ConnectionLost, "answers no ping")
        : IsOver(options.MessageTimeout, _messageBegun, now) ? (SipFlowEnd.ProtocolViolation, "does not finish its message")
        : !isOutgoing && IsOver(options.IdleTimeout, _lastReceived, now) ? (SipFlowEnd.Idle, "has been silent for too long")
        : null;

    private static bool IsOver(TimeSpan limit, Timestamp? since, Timestamp now) => limit > TimeSpan.Zero && since is { } begun && begun + limit <= now;
}
