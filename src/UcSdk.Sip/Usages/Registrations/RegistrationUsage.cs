using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// One endpoint's binding at the registrar: REGISTER, refreshes, keep-alives, removal (RFC 3261 §10.2, [MS-SIPREGE], [MS-CONMGMT]). One
/// Call-ID for the whole life, CSeq rising.
/// </summary>
internal sealed class RegistrationUsage : IUsage, IRequestUser, ITimerOwner
{
    private readonly SipCore _core;
    private readonly StateMachine<RegistrationState, RegistrationTrigger, RegistrationReason> _machine =
        new(RegistrationTable.StateTable, RegistrationState.Idle);

    // Made for the first refresh that fails: of many bindings most never see one.
    private RefreshSchedule? _refreshes;
    private OutgoingRequest? _current;
    private TimeSpan? _expires;
    private Timestamp? _end;
    private bool _isOutbound;
    private bool _removalWaits;

    public RegistrationUsage(SipCore core, RegistrationOptions options)
    {
        _core = core;
        Options = options;
        CallId = options.CallId ?? core.Context.NewCallId();
        CSeq = options.CallId is null ? 0 : options.LastCSeq;
        _expires = options.Expires;
        _isOutbound = options.RegId is not null;
    }

    public RegistrationState State => _machine.State;

    public RegistrationOptions Options { get; }

    public string CallId { get; }

    /// <summary>The number of the last REGISTER; 0 before the first.</summary>
    public uint CSeq { get; private set; }

    /// <summary>What the registrar last granted; null before it did.</summary>
    public RegistrationResult? Result { get; private set; }

    /// <summary>The handle that shows this usage to the application; the core only carries it.</summary>
    public Registration? Handle { get; set; }

    public bool CanRegister => _machine.Permits(RegistrationTrigger.Register);

    private CoreContext Context => _core.Context;

    public void Register()
    {
        _core.Usages.Add(this);
        Fire(RegistrationTrigger.Register, null);
        Send(_expires);
    }

    public void Unregister()
    {
        if (_machine.Permits(RegistrationTrigger.Unregister))
        {
            Fire(RegistrationTrigger.Unregister, null);

            // RFC 3261 §10.2: not before the REGISTER on its way has its answer. A stream keeps the order; a datagram that is repeated behind the removal would bring the binding back.
            _removalWaits = _current is not null && !Options.Flow.IsReliable;
            if (!_removalWaits)
            {
                Send(TimeSpan.Zero);
            }
        }
    }

    public SipFlow Flow => Options.Flow;

    /// <summary>True when what the registrar says of this user means this binding.</summary>
    public bool IsMeantBy(SipRequest notify) =>
        State != RegistrationState.Idle
        && (notify.To!.Epid is null || Options.Epid is null || notify.To!.Epid.Equals(Options.Epid, StringComparison.OrdinalIgnoreCase));

    /// <summary>Refreshes before the time, unless a REGISTER is on its way.</summary>
    public void RefreshNow()
    {
        if (State == RegistrationState.Registered && _current is null)
        {
            Send(_expires);
        }
    }

    /// <summary>What the registrar says of the binding ([MS-SIPREGE] §3.2, §3.5). While it is being made or removed that is about an earlier one.</summary>
    /// <param name="notify">Its NOTIFY.</param>
    /// <param name="said">The body; null where nothing is said but that the subscription ends, and with it the binding.</param>
    public void Notified(SipRequest notify, RegistrationEvent? said)
    {
        if (said is { IsRegistered: true })
        {
            Fire(RegistrationTrigger.Notified, notify, change => change with { Notice = said.Event });
        }
        else
        {
            Fire(RegistrationTrigger.Deregistered, notify, change => change with { Deregistration = Deregistration.Read(notify, said) });
        }
    }

    public uint NextCSeq(OutgoingRequest request) => ++CSeq;

    public void ResponseReceived(OutgoingRequest request, SipResponse response)
    {
        if (request != _current || response.IsProvisional)
        {
            return;
        }

        // Between two refreshes nothing of the last one is kept but its result.
        _current = null;
        if (_removalWaits)
        {
            Remove();
        }
        else if (response.IsSuccess)
        {
            Accepted(response);
        }
        else if (response.StatusCode == StatusCode.IntervalTooBrief && ReadMinExpires(response) is { } longer && longer > (_expires ?? TimeSpan.Zero)
            && _machine.Permits(RegistrationTrigger.IntervalTooBrief))
        {
            _expires = longer;
            Fire(RegistrationTrigger.IntervalTooBrief, response);
            Send(_expires);
        }
        else if (response.StatusCode == StatusCode.FirstHopLacksOutboundSupport && _isOutbound && _machine.Permits(RegistrationTrigger.OutboundLacking))
        {
            _isOutbound = false;
            Fire(RegistrationTrigger.OutboundLacking, response);
            Send(_expires);
        }
        else if (State == RegistrationState.Registered && RefreshSchedule.IsPassing(response.StatusCode))
        {
            RepeatRefresh(SipException.ReadRetryAfter(response));
        }
        else
        {
            Fire(RegistrationTrigger.Refused, response);
        }
    }

    public void Failed(OutgoingRequest request, SipFailure failure)
    {
        if (failure == SipFailure.FlowClosed)
        {
            FlowClosed();
            return;
        }

        if (request != _current)
        {
            return;
        }

        _current = null;
        if (_removalWaits)
        {
            Remove();
        }
        else if (State == RegistrationState.Registered)
        {
            RepeatRefresh(null);
        }
        else
        {
            Fire(RegistrationTrigger.TimedOut, null);
        }
    }

    public void Abandon() => Handle?.Abandon();

    public void FlowClosed() => Fire(RegistrationTrigger.FlowClosed, null);

    public void Elapsed(SipTimer timer)
    {
        if (timer == SipTimer.Refresh)
        {
            Send(_expires);
        }
        else if (timer == SipTimer.Expiry)
        {
            Fire(RegistrationTrigger.Expired, null);
        }
        else
        {
            KeepAlive();
        }
    }

    private void Accepted(SipResponse response)
    {
        if (State == RegistrationState.Registered && PresenceState.IsNewBinding(response))
        {
            Fire(RegistrationTrigger.BindingLost, response);
            return;
        }

        if (State != RegistrationState.Unregistering)
        {
            Result = RegistrationResult.Read(response, RegistrationRequests.Contacts(Options, _isOutbound));
            _refreshes = null;
            _end = Context.Now + Result.Expires;
            Context.Arm(this, SipTimer.Expiry, Result.Expires);
            Context.Arm(this, SipTimer.Refresh, RefreshSchedule.DelayOf(Result.Expires, Context));
            KeepAlive();
        }

        Fire(RegistrationTrigger.Accepted, response);
    }

    // [MS-CONMGMT]: a double CRLF when nothing was sent for the time the server named. Whatever is sent meanwhile moves the moment.
    private void KeepAlive()
    {
        if (Result?.KeepAlive is not { } silence)
        {
            return;
        }

        var due = Context.LastSent(Options.Flow) + silence;
        if (due <= Context.Now)
        {
            Context.TransmitKeepAlive(Options.Flow);
            due = Context.Now + silence;
        }

        Context.ArmAt(this, SipTimer.KeepAlive, due);
    }

    private void Send(TimeSpan? expires)
    {
        var contacts = RegistrationRequests.Contacts(Options, _isOutbound).Select(contact => contact.ToString());
        var register = RegistrationRequests.Create(_core, Options, CallId, ++CSeq, contacts, expires, _isOutbound);
        _current = _core.Send(register, Options.Flow, this);
    }

    private void Remove()
    {
        _removalWaits = false;
        Send(TimeSpan.Zero);
    }

    // The binding stands until it runs out, whatever becomes of one refresh.
    private void RepeatRefresh(TimeSpan? retryAfter)
    {
        _refreshes ??= new(Context.Random);
        if (_refreshes.NextAfterFailure(Context.Now, _end, retryAfter) is { } due)
        {
            Context.ArmAt(this, SipTimer.Refresh, due);
        }
    }

    private static TimeSpan? ReadMinExpires(SipResponse response) =>
        int.TryParse(response.Headers[HeaderName.MinExpires], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private void Fire(RegistrationTrigger trigger, SipMessage? cause, Func<RegistrationStateChange, RegistrationStateChange>? describe = null)
    {
        if (!_machine.TryFire(trigger, out var row))
        {
            return;
        }

        if (row.To is RegistrationState.Unregistering or RegistrationState.Unregistered)
        {
            Context.Disarm(this, SipTimer.Refresh);
            Context.Disarm(this, SipTimer.Expiry);
            Context.Disarm(this, SipTimer.KeepAlive);
        }

        var change = new RegistrationStateChange(row.From, row.To, row.Reason, cause);
        Context.Emit(new SipEffect.RegistrationChanged(this, describe is null ? change : describe(change)));
        if (row.To == RegistrationState.Unregistered)
        {
            _core.Usages.Remove(this);
        }
    }
}
