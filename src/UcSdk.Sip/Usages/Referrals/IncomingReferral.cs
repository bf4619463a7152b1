namespace UcSdk.Sip;

/// <summary>
/// A REFER from a peer (RFC 3515): our side is asked to send a request to somebody else, and tells the peer how that fares. Made by
/// <see cref="IncomingRequest.CreateReferral"/>; used on the endpoint's loop.
/// </summary>
public sealed class IncomingReferral
{
    /// <summary>How long the notifications may go on unless the referrer asks for more or less: three minutes.</summary>
    public static readonly TimeSpan DefaultExpires = TimeSpan.FromMinutes(3);

    private readonly SipCore _core;
    private readonly IncomingReferralUsage _usage;
    private readonly TaskCompletionSource<IncomingReferralReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private InviteSession? _followed;

    internal IncomingReferral(SipCore core, IncomingReferralUsage usage)
    {
        _core = core;
        _usage = usage;
        usage.Handle = this;
        // The core has refused a REFER without a readable Refer-To.
        ReferTo = ReferTo.TryRead(usage.Request, out var referTo) ? referTo : throw new ArgumentException("No Refer-To.", nameof(usage));
        ReferredBy = Sip.ReferredBy.TryParse(usage.Request.Headers[HeaderName.ReferredBy], out var referredBy) ? referredBy : null;
    }

    /// <summary>Raised for every change of state.</summary>
    public event Action<IncomingReferralStateChange>? StateChanged;

    /// <summary>What the application wants to keep with the referral.</summary>
    public object? Tag { get; set; }

    /// <summary>What our side is asked to do.</summary>
    public ReferTo ReferTo { get; }

    /// <summary>Who asks, as the REFER claims (RFC 3892); null when it does not say.</summary>
    public ReferredBy? ReferredBy { get; }

    /// <summary>Where it stands.</summary>
    public IncomingReferralState State => _usage.State;

    /// <summary>The REFER.</summary>
    public SipRequest Request => _usage.Request;

    /// <summary>The flow on which it came.</summary>
    public SipFlow Flow => _usage.Flow;

    /// <summary>True when the referrer wants no notifications (RFC 4488); <see cref="Accept"/> ends the referral then.</summary>
    public bool IsSilent => _usage.IsSilent;

    /// <summary>Ends when the referral is over, with what began the end.</summary>
    public Task<IncomingReferralReason> Ended => _ended.Task;

    /// <summary>Accepts with 202 and tells at once that the request is being tried (NOTIFY with 100), unless the referrer wants no notifications.</summary>
    /// <param name="expires">The longest life of the notifications, now and at refreshes; null for <see cref="DefaultExpires"/>.</param>
    /// <param name="edit">Called before the 202 goes out; null for no change.</param>
    /// <exception cref="ArgumentOutOfRangeException">The life is not positive.</exception>
    /// <exception cref="InvalidOperationException">The referral is not <see cref="IncomingReferralState.Incoming"/>.</exception>
    public void Accept(TimeSpan? expires = null, Action<SipResponse>? edit = null)
    {
        var life = expires ?? DefaultExpires;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(life, TimeSpan.Zero, nameof(expires));
        Require(IncomingReferralState.Incoming, "accept");
        _core.Edge.Run(() => _usage.Accept(life, edit));
    }

    /// <summary>Refuses.</summary>
    /// <param name="status">300–699; default 603.</param>
    /// <param name="reason">The reason phrase; null for the usual one.</param>
    /// <param name="edit">Called before it goes out; null for no change.</param>
    /// <exception cref="InvalidOperationException">The referral is not <see cref="IncomingReferralState.Incoming"/>.</exception>
    public void Reject(int status = StatusCode.Decline, string? reason = null, Action<SipResponse>? edit = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        Require(IncomingReferralState.Incoming, "reject");
        _core.Edge.Run(() => _usage.Reject(status, reason, edit));
    }

    /// <summary>
    /// The request that the referrer asks for: to the target, with Referred-By as it came, Replaces (and <c>Require: replaces</c>, RFC 3891 §4), and those
    /// header fields of the URI that cannot harm us. An INVITE still needs its offer; it goes out by <see cref="SipEndpoint.Invite"/>.
    /// </summary>
    /// <param name="from">Our address.</param>
    public SipRequest CreateRequest(NameAddr from)
    {
        var request = _core.CreateRequest(ReferTo.Method, ReferTo.Target, from, new NameAddr(ReferTo.Target));
        if (Request.Headers[HeaderName.ReferredBy] is { } referredBy)
        {
            request.Headers.Add(HeaderName.ReferredBy, referredBy);
        }

        if (ReferTo.Replaces is { } replaces)
        {
            request.Headers.Add(HeaderName.Replaces, replaces.ToString());
            request.Headers.Add(HeaderName.Require, Replaces.OptionTag);
        }

        foreach (var (name, value) in ReferTo.SafeHeaders)
        {
            request.Headers.Add(HeaderName.Of(name), value);
        }

        return request;
    }

    /// <summary>Tells the referrer how the request fares; a final status is the last word.</summary>
    /// <param name="status">100–699.</param>
    /// <param name="reason">The reason phrase; null for the usual one.</param>
    /// <exception cref="InvalidOperationException">The referral is not <see cref="IncomingReferralState.Active"/>.</exception>
    public void Report(int status, string? reason = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        if (reason is not null && !SipGrammar.IsSingleLine(reason))
        {
            throw new ArgumentException("A reason phrase holds no line end.", nameof(reason));
        }

        Require(IncomingReferralState.Active, "report");
        _core.Edge.Run(() => _usage.Report(new(status, reason ?? StatusCode.ReasonPhrase(status))));
    }

    /// <summary>
    /// Tells the referrer by itself what becomes of the call: every provisional response, then the final one, with 408, 487 and 503 where none
    /// came (RFC 3515 §2.4.5). The telling ends with the referral; the call goes on. Where the referrer wants no notifications nothing is told.
    /// </summary>
    /// <param name="session">The call that our side makes as the REFER asks; it may be answered already.</param>
    /// <exception cref="ArgumentException">The session is a callee's.</exception>
    /// <exception cref="InvalidOperationException">The referral is not accepted, is over, or follows a call already.</exception>
    public void Follow(InviteSession session)
    {
        if (session.IsIncoming)
        {
            throw new ArgumentException("Only a call of ours can be what the referrer asked for.", nameof(session));
        }

        if (State == IncomingReferralState.Terminated && _usage.EndReason == IncomingReferralReason.AcceptedSilently)
        {
            return;
        }

        if (_followed is not null)
        {
            throw new InvalidOperationException("Cannot follow: the referral follows a call already.");
        }

        Require(IncomingReferralState.Active, "follow");
        if (session.Answer.IsCompletedSuccessfully)
        {
            Tell(session.Answer.Result);
            return;
        }

        _followed = session;
        session.ProvisionalReceived += Tell;
        session.StateChanged += Changed;
    }

    internal void Deliver(IncomingReferralStateChange change)
    {
        StateChanged?.Invoke(change);
        if (change.Current is IncomingReferralState.Completing or IncomingReferralState.Terminated)
        {
            Unfollow();
        }

        if (change.Current == IncomingReferralState.Terminated)
        {
            _ended.TrySetResult(_usage.EndReason!.Value);
        }
    }

    internal void Abandon() =>
        _ended.TrySetException(new SipException(SipFailure.Terminated, $"The endpoint was disposed during a REFER to {ReferTo}."));

    private void Changed(InviteStateChange change)
    {
        if (change.Current is InviteState.Confirmed or InviteState.Terminated)
        {
            if (change.Cause is SipResponse response)
            {
                Tell(response);
            }
            else
            {
                var status = change.Reason switch
                {
                    InviteReason.TimedOut => StatusCode.RequestTimeout,
                    InviteReason.FlowLost => StatusCode.ServiceUnavailable,
                    _ => StatusCode.RequestTerminated,
                };
                Tell(new ReferralProgress(status, StatusCode.ReasonPhrase(status)));
            }
        }
    }

    private void Tell(SipResponse response) => Tell(new ReferralProgress(response.StatusCode, response.ReasonPhrase));

    private void Tell(ReferralProgress progress)
    {
        if (State == IncomingReferralState.Active)
        {
            _core.Edge.Run(() => _usage.Report(progress));
        }
    }

    private void Unfollow()
    {
        if (_followed is { } session)
        {
            session.ProvisionalReceived -= Tell;
            session.StateChanged -= Changed;
        }
    }

    private void Require(IncomingReferralState state, string operation)
    {
        if (State != state)
        {
            throw new InvalidOperationException($"Cannot {operation}: the referral to {ReferTo.Target} is {State}.");
        }
    }
}
