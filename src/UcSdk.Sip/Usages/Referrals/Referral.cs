using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// A REFER of ours (RFC 3515): the peer is asked to send a request to somebody else, and tells how that fares. Events come on the endpoint's loop,
/// in order; after <see cref="ReferralState.Terminated"/> there is silence. It may outlive the session in which it was sent.
/// </summary>
public sealed class Referral
{
    private readonly SipCore _core;
    private readonly ReferralUsage _usage;
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ReferralProgress> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ReferralReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Referral(SipCore core, SipRequest refer, SipFlow flow, Dialog? dialog)
    {
        ReferTo = ReferTo.TryRead(refer, out var referTo) ? referTo : throw new ArgumentException("A REFER has one Refer-To.", nameof(refer));
        _core = core;
        _usage = new(core, refer, flow, dialog) { Handle = this };
    }

    /// <summary>Raised for every change of state and for progress (<see cref="ReferralStateChange.Previous"/> equals <see cref="ReferralStateChange.Current"/> then).</summary>
    public event Action<ReferralStateChange>? StateChanged;

    /// <summary>Raised for every NOTIFY with a status line, before the change of state that it brings.</summary>
    public event Action<ReferralProgress>? Progressed;

    /// <summary>What the application wants to keep with the referral.</summary>
    public object? Tag { get; set; }

    /// <summary>What the peer is asked to do.</summary>
    public ReferTo ReferTo { get; }

    /// <summary>Where it stands.</summary>
    public ReferralState State => _usage.State;

    /// <summary>The REFER.</summary>
    public SipRequest Request => _usage.Request;

    /// <summary>The dialog of the notifications: the session's, or one of their own; null before the peer has answered outside a session.</summary>
    public Dialog? Dialog => _usage.Dialog;

    /// <summary>What the last NOTIFY told; null before the first.</summary>
    public ReferralProgress? Progress { get; private set; }

    /// <summary>
    /// Ends when the peer has accepted the REFER, which says nothing about the request that it asked for. Fails with
    /// <see cref="SipException"/>: Refused, TimedOut, FlowClosed, Terminated.
    /// </summary>
    public Task Accepted => _accepted.Task;

    /// <summary>
    /// Ends with the final status of the request that the peer was asked to send, success or not. Fails with <see cref="SipException"/> when it
    /// will not become known: the REFER was refused, or the notifications ended before it.
    /// </summary>
    public Task<ReferralProgress> Outcome => _outcome.Task;

    /// <summary>Ends when the referral is over, with what began the end.</summary>
    public Task<ReferralReason> Ended => _ended.Task;

    /// <summary>Asks for no more notifications (SUBSCRIBE with Expires: 0). Ends when the peer has answered or the network has given up; idempotent.</summary>
    /// <param name="cancellationToken">Stops the waiting, not the ending.</param>
    public Task UnsubscribeAsync(CancellationToken cancellationToken = default)
    {
        _core.Edge.Run(_usage.Unsubscribe);
        return _ended.Task.UntilAsync(cancellationToken);
    }

    internal void Start() => _usage.Start();

    internal void DeliverAnswer(SipResponse response)
    {
        if (response.IsSuccess)
        {
            _accepted.TrySetResult();
        }
        else
        {
            Fail(new SipException(response, $"REFER {Request.UriText}"));
        }
    }

    internal void DeliverProgress(ReferralProgress progress)
    {
        Progress = progress;
        _accepted.TrySetResult();
        Progressed?.Invoke(progress);
        if (progress.IsFinal)
        {
            _outcome.TrySetResult(progress);
        }
    }

    internal void Deliver(ReferralStateChange change)
    {
        StateChanged?.Invoke(change);
        if (change.Current == ReferralState.Terminated)
        {
            Fail(new SipException(
                change.Reason switch
                {
                    ReferralReason.TimedOut => SipFailure.TimedOut,
                    ReferralReason.FlowLost => SipFailure.FlowClosed,
                    ReferralReason.LocalUnsubscribe or ReferralReason.Unsubscribed => SipFailure.Canceled,
                    _ => SipFailure.Terminated,
                },
                $"REFER {Request.UriText}: {change.Reason}."));
            _ended.TrySetResult(_usage.EndReason!.Value);
        }
    }

    internal void Abandon()
    {
        var failure = new SipException(SipFailure.Terminated, $"The endpoint was disposed during REFER {Request.UriText}.");
        Fail(failure);
        _ended.TrySetException(failure);
    }

    private void Fail(SipException failure)
    {
        _accepted.TrySetException(failure);
        _outcome.TrySetException(failure);
    }
}
