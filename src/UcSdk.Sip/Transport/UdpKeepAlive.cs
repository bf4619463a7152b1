using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// One STUN Binding request that keeps a flow alive: repeated at 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s (RFC 5389 §7.2.1, RTO 500 ms), given up
/// after the time that the options say. Sans-IO.
/// </summary>
internal sealed class UdpKeepAlive(byte[] request, Timestamp begun, TimeSpan timeout)
{
    private const int MaxSent = 7;

    private TimeSpan _interval = TimeSpan.FromMilliseconds(500);
    private Timestamp _next = begun + TimeSpan.FromMilliseconds(500);
    private int _sent = 1;

    public ReadOnlyMemory<byte> Request => request;

    public Timestamp Deadline => _sent < MaxSent && _next < End ? _next : End;

    private Timestamp End => begun + timeout;

    public bool IsLost(Timestamp now) => now >= End;

    /// <summary>True when the request is to be sent again now.</summary>
    public bool TryRepeat(Timestamp now)
    {
        if (_sent >= MaxSent || now < _next || IsLost(now))
        {
            return false;
        }

        _sent++;
        _interval *= 2;
        _next += _interval;
        return true;
    }

    public bool IsAnsweredBy(StunMessage answer) => answer.TransactionId.Span.SequenceEqual(request.AsSpan(8, StunMessage.TransactionIdLength));
}
