using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Event state that our side publishes (RFC 3903 §4): sent whole once, then named by the server's entity tag to refresh, change and remove it. One
/// PUBLISH at a time (§4): what changes meanwhile goes out with the next, the latest alone.
/// </summary>
internal sealed class PublicationUsage : IUsage, IRequestUser, ITimerOwner
{
    private readonly SipCore _core;
    private readonly string _callId;
    private readonly string _tag;
    private readonly RefreshSchedule _refreshes;
    private readonly StateMachine<PublicationState, PublicationTrigger, PublicationReason> _machine =
        new(PublicationTable.StateTable, PublicationState.Idle);

    private OutgoingRequest? _current;
    private bool _isRemoval;
    private string _contentType = "";
    private ReadOnlyMemory<byte> _body;
    private TimeSpan? _expires;
    private Timestamp? _end;
    private int _sent;
    private int _kept;
    private uint _cseq;

    public PublicationUsage(SipCore core, PublicationOptions options, SipFlow flow)
    {
        _core = core;
        Options = options;
        Flow = flow;
        _callId = core.Context.NewCallId();
        _tag = core.Context.NewTag();
        _refreshes = new(core.Context.Random);
        _expires = options.Expires;
    }

    public PublicationState State => _machine.State;

    public PublicationOptions Options { get; }

    public SipFlow Flow { get; }

    /// <summary>The server's name for what it keeps; null when it keeps nothing.</summary>
    public string? ETag { get; private set; }

    /// <summary>How often the state was changed.</summary>
    public int Revision { get; private set; }

    /// <summary>The handle that shows this usage to the application; the core only carries it.</summary>
    public Publication? Handle { get; set; }

    private CoreContext Context => _core.Context;

    public void Publish(string contentType, ReadOnlyMemory<byte> body)
    {
        (_contentType, _body) = (contentType, body);
        Revision++;
        if (State == PublicationState.Idle)
        {
            _core.Usages.Add(this);
            Fire(PublicationTrigger.Publish, null);
        }

        if (_current is null)
        {
            Send();
        }
    }

    public void Remove()
    {
        if (_machine.Permits(PublicationTrigger.Remove))
        {
            Fire(PublicationTrigger.Remove, null);
            if (_current is null)
            {
                SendRemoval();
            }
        }
    }

    public uint NextCSeq(OutgoingRequest request) => ++_cseq;

    public void ResponseReceived(OutgoingRequest request, SipResponse response)
    {
        if (request != _current || response.IsProvisional)
        {
            return;
        }

        _current = null;
        if (State == PublicationState.Removing)
        {
            AnsweredWhileRemoving(response);
        }
        else if (response.IsSuccess)
        {
            Accepted(response);
        }
        else if (response.StatusCode == StatusCode.ConditionalRequestFailed && ETag is not null)
        {
            ETag = null;
            Fire(PublicationTrigger.ConditionFailed, response);
            Send();
        }
        else if (response.StatusCode == StatusCode.IntervalTooBrief && ReadSeconds(response, HeaderName.MinExpires) is { } longer && longer > (_expires ?? TimeSpan.Zero))
        {
            _expires = longer;
            Fire(PublicationTrigger.IntervalTooBrief, response);
            Send();
        }
        else if (State == PublicationState.Published && RefreshSchedule.IsPassing(response.StatusCode))
        {
            Repeat(SipException.ReadRetryAfter(response));
        }
        else
        {
            Fire(PublicationTrigger.Refused, response);
        }
    }

    public void Failed(OutgoingRequest request, SipFailure failure)
    {
        if (failure == SipFailure.FlowClosed)
        {
            FlowClosed();
        }
        else if (request == _current)
        {
            _current = null;
            if (State == PublicationState.Published)
            {
                Repeat(null);
            }
            else
            {
                Fire(PublicationTrigger.TimedOut, null);
            }
        }
    }

    public void Abandon() => Handle?.Abandon();

    public void FlowClosed() => Fire(PublicationTrigger.FlowClosed, null);

    public void Elapsed(SipTimer timer)
    {
        if (timer == SipTimer.Expiry)
        {
            Fire(PublicationTrigger.Expired, null);
        }
        else if (_current is null)
        {
            Send();
        }
    }

    private static TimeSpan? ReadSeconds(SipMessage message, HeaderName name) =>
        uint.TryParse(message.Headers[name], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    private void Accepted(SipResponse response)
    {
        _refreshes.Succeeded();
        ETag = response.Headers[HeaderName.SipETag]?.Trim();
        _kept = _sent;
        // RFC 3903 §4.2: the server says how long; one that does not has granted what was asked.
        var life = ReadSeconds(response, HeaderName.Expires) is { Ticks: > 0 } granted ? granted : _expires ?? TimeSpan.FromHours(1);
        _end = Context.Now + life;
        Context.Arm(this, SipTimer.Expiry, life);
        Context.Arm(this, SipTimer.Refresh, RefreshSchedule.DelayOf(life, Context));
        Fire(PublicationTrigger.Accepted, response);
        Context.Emit(new SipEffect.PublicationKept(this, _kept));
        if (_kept != Revision)
        {
            Send();
        }
    }

    // What was on its way is awaited first: PUBLISHes must not overlap (RFC 3903 §4).
    private void AnsweredWhileRemoving(SipResponse response)
    {
        if (!_isRemoval && response.IsSuccess)
        {
            ETag = response.Headers[HeaderName.SipETag]?.Trim();
            SendRemoval();
        }
        else if (response.IsSuccess || response.StatusCode == StatusCode.ConditionalRequestFailed)
        {
            Fire(PublicationTrigger.Accepted, response);
        }
        else
        {
            Fire(PublicationTrigger.Refused, response);
        }
    }

    private void Repeat(TimeSpan? retryAfter)
    {
        if (_refreshes.NextAfterFailure(Context.Now, _end, retryAfter) is { } due)
        {
            Context.ArmAt(this, SipTimer.Refresh, due);
        }
    }

    private void Send()
    {
        var publish = Create(_expires);
        _sent = Revision;
        if (ETag is null || _kept != Revision)
        {
            publish.SetBody(_contentType, _body);
        }

        Transmit(publish, isRemoval: false);
    }

    private void SendRemoval()
    {
        if (ETag is null)
        {
            Fire(PublicationTrigger.Accepted, null);
            return;
        }

        Transmit(Create(TimeSpan.Zero), isRemoval: true);
    }

    private SipRequest Create(TimeSpan? expires)
    {
        var publish = new SipRequest(SipMethod.Publish, Options.Aor);
        publish.Headers.Add(HeaderName.MaxForwards, "70");
        publish.Headers.Add(HeaderName.From, new NameAddr(Options.Aor).WithParameter("tag", _tag).ToString());
        publish.Headers.Add(HeaderName.To, new NameAddr(Options.Aor).ToString());
        publish.Headers.Add(HeaderName.CallId, _callId);
        publish.Headers.Add(HeaderName.CSeq, new CSeq(++_cseq, SipMethod.Publish).ToString());
        publish.Headers.Add(HeaderName.Event, Options.Event);
        if (expires is { } life)
        {
            publish.Headers.Add(HeaderName.Expires, ((long)life.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        if (ETag is { } tag)
        {
            publish.Headers.Add(HeaderName.SipIfMatch, tag);
        }

        return publish;
    }

    private void Transmit(SipRequest publish, bool isRemoval)
    {
        _core.Identify(publish);
        Options.Edit?.Invoke(publish);
        _isRemoval = isRemoval;
        if (_core.RouteOf(publish, Flow) is { } flow)
        {
            _current = _core.Send(publish, flow, this);
        }
        else
        {
            FlowClosed();
        }
    }

    private void Fire(PublicationTrigger trigger, SipMessage? cause)
    {
        if (!_machine.TryFire(trigger, out var row))
        {
            return;
        }

        if (row.To != PublicationState.Published)
        {
            Context.Disarm(this, SipTimer.Refresh);
            Context.Disarm(this, SipTimer.Expiry);
        }

        Context.Emit(new SipEffect.PublicationChanged(this, new(row.From, row.To, row.Reason, cause)));
        if (row.To == PublicationState.Removed)
        {
            ETag = null;
            _core.Usages.Remove(this);
        }
    }
}
