using System.Globalization;

namespace UcSdk.Sip;

/// <summary>
/// The callee's reliable provisional responses (RFC 3262 §3): one at a time, repeated with doubling intervals until its PRACK comes; after 64·T1
/// without one the INVITE is given up.
/// </summary>
internal sealed class ReliableProvisionals(CoreContext context, ServerTransaction invite, Action givenUp) : ITimerOwner
{
    /// <summary>The option tag.</summary>
    public const string Tag = "100rel";

    private readonly Queue<SipResponse> _waiting = new();
    private readonly CSeq _invite = invite.Request.CSeq!;
    private SipResponse? _current;
    private TimeSpan _interval;

    // §3: the first number is drawn from 1 to 2^31 - 1.
    private uint _number = (context.Random.NextUInt32() >> 1) | 1;

    /// <summary>What to do once everything is acknowledged; null for nothing.</summary>
    public Action? Then { get; set; }

    /// <summary>True while a response waits for its PRACK.</summary>
    public bool IsPending => _current is not null;

    /// <summary>True when the caller can take them.</summary>
    public static bool IsSupported(SipMessage message) => message.HasOption(HeaderName.Supported, Tag) || IsRequired(message);

    /// <summary>True when the caller insists on them.</summary>
    public static bool IsRequired(SipMessage message) => message.HasOption(HeaderName.Require, Tag);

    public void Send(SipResponse response)
    {
        response.Headers.Add(HeaderName.Require, Tag);
        if (_current is null)
        {
            SendNow(response);
        }
        else
        {
            _waiting.Enqueue(response);
        }
    }

    /// <summary>True when the PRACK acknowledges the response that waits; any other gets 481.</summary>
    public bool IsMeantBy(SipRequest prack) =>
        _current is not null
        && RAck.TryParse(prack.Headers[HeaderName.RAck], out var ack)
        && ack.RSeq == _number && ack.CSeq == _invite.Number && ack.Method == _invite.Method;

    /// <summary>The PRACK has come: the next response goes out, or what waited for all of them.</summary>
    public void Acknowledge()
    {
        Stop();
        _number++;
        if (_waiting.TryDequeue(out var next))
        {
            SendNow(next);
        }
        else if (Then is { } then)
        {
            Then = null;
            then();
        }
    }

    public void Stop()
    {
        _current = null;
        context.Disarm(this, SipTimer.ProvisionalRetransmission);
        context.Disarm(this, SipTimer.PrackWait);
    }

    public void Elapsed(SipTimer timer)
    {
        if (timer == SipTimer.PrackWait)
        {
            Stop();
            _waiting.Clear();
            givenUp();
            return;
        }

        context.Transmit(invite.Flow, _current!);
        // §3: unlike a final response it is not held to T2.
        _interval *= 2;
        context.Arm(this, SipTimer.ProvisionalRetransmission, _interval);
    }

    private void SendNow(SipResponse response)
    {
        response.Headers.Add(HeaderName.RSeq, _number.ToString(CultureInfo.InvariantCulture));
        _current = response;
        _interval = context.Timings.T1;
        context.Arm(this, SipTimer.ProvisionalRetransmission, _interval);
        context.Arm(this, SipTimer.PrackWait, context.Timings.TransactionTimeout);
        invite.Respond(response);
    }
}
