using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Event state of ours that a server keeps for those who subscribe to it (RFC 3903): published, changed, refreshed by itself, removed. When the
/// server has lost it (412), all of it goes again. Events come on the endpoint's loop.
/// </summary>
public sealed class Publication
{
    private readonly SipCore _core;
    private readonly PublicationUsage _usage;
    private readonly List<(int Revision, TaskCompletionSource Done)> _waiting = [];
    private readonly TaskCompletionSource<PublicationReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Publication(SipCore core, PublicationUsage usage)
    {
        _core = core;
        _usage = usage;
        usage.Handle = this;
    }

    /// <summary>Raised for every change of state, and for every refresh (Previous equals Current then).</summary>
    public event Action<PublicationStateChange>? StateChanged;

    /// <summary>Where it stands.</summary>
    public PublicationState State => _usage.State;

    /// <summary>What is published, and where.</summary>
    public PublicationOptions Options => _usage.Options;

    /// <summary>The server's name for what it keeps (SIP-ETag); null when it keeps nothing.</summary>
    public string? ETag => _usage.ETag;

    /// <summary>Ends when the publication is over, with the reason.</summary>
    public Task<PublicationReason> Ended => _ended.Task;

    /// <summary>
    /// Publishes this state in the place of what was published before, and ends when the server keeps it or something later. A change while another
    /// PUBLISH is on its way waits for it; of several the last goes out. Called on the endpoint's loop.
    /// </summary>
    /// <param name="contentType">The type of the state.</param>
    /// <param name="body">The whole state.</param>
    /// <param name="cancellationToken">Stops the waiting, not the publishing.</param>
    /// <exception cref="ArgumentException">The content type is empty: state needs a body (RFC 3903 §4.2).</exception>
    /// <exception cref="InvalidOperationException">The publication is being removed, or over.</exception>
    /// <exception cref="SipException">The server refuses or does not answer, or the flow is lost; the publication is over then.</exception>
    public Task PublishAsync(string contentType, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        if (State is PublicationState.Removing or PublicationState.Removed)
        {
            throw new InvalidOperationException($"Cannot publish: the publication of {Options.Event} for {Options.Aor} is {State}.");
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((_usage.Revision + 1, done));
        _core.Edge.Run(() => _usage.Publish(contentType, body));
        return done.Task.UntilAsync(cancellationToken);
    }

    /// <summary>Removes the state. Ends when the server has answered or the network has given up; nothing to do when nothing was published.</summary>
    /// <param name="cancellationToken">Stops the waiting, not the removal.</param>
    public Task RemoveAsync(CancellationToken cancellationToken = default)
    {
        if (State == PublicationState.Idle)
        {
            return Task.CompletedTask;
        }

        _core.Edge.Run(_usage.Remove);
        return _ended.Task.UntilAsync(cancellationToken);
    }

    internal void Deliver(PublicationStateChange change)
    {
        StateChanged?.Invoke(change);
        if (change.Current == PublicationState.Removed)
        {
            Complete(int.MaxValue, FailureOf(change));
            _ended.TrySetResult(change.Reason);
        }
    }

    internal void DeliverKept(int revision) => Complete(revision, null);

    internal void Abandon()
    {
        var failure = new SipException(SipFailure.Terminated, $"The endpoint was disposed during the publication of {Options.Event} for {Options.Aor}.");
        Complete(int.MaxValue, failure);
        _ended.TrySetException(failure);
    }

    private void Complete(int revision, SipException? failure)
    {
        foreach (var (_, done) in _waiting.Where(waiting => waiting.Revision <= revision))
        {
            _ = failure is null ? done.TrySetResult() : done.TrySetException(failure);
        }

        _waiting.RemoveAll(waiting => waiting.Revision <= revision);
    }

    private SipException FailureOf(PublicationStateChange change)
    {
        var operation = $"PUBLISH {Options.Aor} ({Options.Event})";
        return change.Cause is SipResponse { StatusCode: >= 300 } refusal
            ? new SipException(refusal, operation)
            : new SipException(
                change.Reason switch
                {
                    PublicationReason.TimedOut or PublicationReason.Expired => SipFailure.TimedOut,
                    PublicationReason.FlowLost => SipFailure.FlowClosed,
                    _ => SipFailure.Canceled,
                },
                $"{operation}: {change.Reason}.");
    }
}
