using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// A subscription of ours (RFC 6665), refreshed by itself before it runs out. Events come on the endpoint's loop, in order.
/// </summary>
public sealed class Subscription
{
    private readonly SipCore _core;
    private readonly SubscriptionUsage _usage;
    private readonly TaskCompletionSource<SipResponse> _established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SubscriptionReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Subscription(SipCore core, SubscriptionUsage usage)
    {
        _core = core;
        _usage = usage;
        usage.Handle = this;
    }

    /// <summary>Raised for every change of state.</summary>
    public event Action<SubscriptionStateChange>? StateChanged;

    /// <summary>
    /// Raised for every notification, in order and without repetition: a NOTIFY or BENOTIFY, or the 200 that carries the first one
    /// (<c>ms-piggyback-cseq</c>). The endpoint has answered already.
    /// </summary>
    public event Action<SipMessage>? NotificationReceived;

    /// <summary>
    /// Raised, with <see cref="SubscriptionOptions.AcceptForks"/>, for every further notifier that the SUBSCRIBE has reached, before its first
    /// notification is told. Each is a subscription of its own, and ends by itself.
    /// </summary>
    public event Action<Subscription>? Forked;

    /// <summary>What the application wants to keep with the subscription.</summary>
    public object? Tag { get; set; }

    /// <summary>Where it stands.</summary>
    public SubscriptionState State => _usage.State;

    /// <summary>The SUBSCRIBE that opened it; after a renewal the new one.</summary>
    public SipRequest Request => _usage.Request;

    /// <summary>The event package.</summary>
    public string Event => EventPackage.Of(_usage.Request);

    /// <summary>The dialog; null until the notifier has answered.</summary>
    public Dialog? Dialog => _usage.Dialog;

    /// <summary>
    /// Ends with the answer to the SUBSCRIBE, success or refusal; fails with <see cref="SipException"/> when none comes. It says nothing about
    /// later notifications, and nothing about renewals. A fork has no answer of its own: there it is cancelled.
    /// </summary>
    public Task<SipResponse> Established => _established.Task;

    /// <summary>
    /// Ends when the subscription is over, with the reason. After an unsubscription that is when the last notification has come, or 64·T1 later.
    /// </summary>
    public Task<SubscriptionReason> Ended => _ended.Task;

    /// <summary>
    /// Says something new inside the dialog: a SUBSCRIBE with this body, which is a refresh too (RFC 6665 §4.1.2.2). It waits for the SUBSCRIBE before it; a subscription
    /// that is being renewed says it with its new SUBSCRIBE. A refusal leaves the subscription as it was, unless its code ends it. Ends with the final response; what
    /// that carries (<c>ms-piggyback-cseq</c>) comes by <see cref="NotificationReceived"/>.
    /// </summary>
    /// <param name="contentType">The type of the body.</param>
    /// <param name="body">What is said now, for instance whom to watch in addition.</param>
    /// <param name="refreshBody">What refreshes and renewals say after a success; null, the default, is <paramref name="body"/>.</param>
    /// <param name="cancellationToken">Stops the waiting, not the request.</param>
    /// <exception cref="ArgumentException">The content type is empty.</exception>
    /// <exception cref="SipException">There is no answer, or the subscription ended first.</exception>
    public Task<SipResponse> UpdateAsync(
        string contentType, ReadOnlyMemory<byte> body, ReadOnlyMemory<byte>? refreshBody = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        var update = new SubscriptionUpdate(contentType, body, refreshBody ?? body);
        _core.Edge.Run(() => _usage.Update(update));
        return update.Answer.Task.UntilAsync(cancellationToken);
    }

    /// <summary>Ends the subscription (Expires: 0). Ends when the notifier has answered or the network has given up; idempotent.</summary>
    /// <param name="cancellationToken">Stops the waiting, not the ending.</param>
    public Task UnsubscribeAsync(CancellationToken cancellationToken = default)
    {
        _core.Edge.Run(_usage.Unsubscribe);
        return _left.Task.UntilAsync(cancellationToken);
    }

    internal void Deliver(SubscriptionStateChange change)
    {
        StateChanged?.Invoke(change);
        if (change.Current is SubscriptionState.Lingering or SubscriptionState.Terminated)
        {
            _left.TrySetResult();
        }

        if (change.Current == SubscriptionState.Terminated)
        {
            if (change.Cause is not SipResponse)
            {
                _established.TrySetException(new SipException(
                    change.Reason == SubscriptionReason.FlowLost ? SipFailure.FlowClosed
                    : change.Reason == SubscriptionReason.TimedOut ? SipFailure.TimedOut
                    : SipFailure.Terminated,
                    $"SUBSCRIBE {Request.UriText} ({Event}): {change.Reason}."));
            }

            _ended.TrySetResult(change.Reason);
        }
    }

    internal void DeliverFork(SubscriptionUsage usage)
    {
        var fork = new Subscription(_core, usage);
        fork._established.TrySetCanceled(CancellationToken.None);
        Forked?.Invoke(fork);
    }

    internal void DeliverNotification(SipMessage message) => NotificationReceived?.Invoke(message);

    internal void DeliverAnswer(SipResponse response) => _established.TrySetResult(response);

    internal void Abandon()
    {
        var failure = new SipException(SipFailure.Terminated, $"The endpoint was disposed during SUBSCRIBE {Request.UriText}.");
        _established.TrySetException(failure);
        _left.TrySetException(failure);
        _ended.TrySetException(failure);
    }
}
