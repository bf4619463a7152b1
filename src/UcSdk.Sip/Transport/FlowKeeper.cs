using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Keeps one outgoing flow of an endpoint alive (RFC 5626 §4.5): connects, waits for the flow to end, and connects again, at once after a flow that has
/// lasted, otherwise after a pause that grows with every failure in a row. What lives on the flow (a registration, a call) ends with it; whoever owns it
/// makes it anew in <see cref="Opened"/>. Events come on the endpoint's loop.
/// </summary>
public sealed class FlowKeeper : IAsyncDisposable
{
    private readonly SipEndpoint _endpoint;
    private readonly FlowKeeperOptions _options;
    private readonly ReconnectBackoff _backoff;
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource<SipFlow> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _lost;
    private Task? _running;
    private Task? _disposing;

    /// <summary>A keeper that does nothing before <see cref="Start"/>.</summary>
    /// <param name="endpoint">Whose flow it is; it must be started.</param>
    /// <param name="options">Where the flow leads.</param>
    public FlowKeeper(SipEndpoint endpoint, FlowKeeperOptions options)
    {
        _endpoint = endpoint;
        _options = options;
        _backoff = new(options.BackoffBase, options.BackoffCap, endpoint.Core.Context.Random);
    }

    /// <summary>Raised when a flow stands: the first and every one after it.</summary>
    public event Action<SipFlow>? Opened;

    /// <summary>Raised when the flow has ended, or an attempt has failed, with the wait before the next; the exception is null for a flow that ended.</summary>
    public event Action<TimeSpan, SipException?>? Waiting;

    /// <summary>The flow; null while there is none.</summary>
    public SipFlow? Flow { get; private set; }

    /// <summary>Failures in a row: attempts that did not connect, and flows that did not last.</summary>
    public int Failures => _backoff.Failures;

    /// <summary>Begins; once more is no error.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_disposing is not null, this);
        _endpoint.Loop.Run(() => _running ??= RunAsync());
    }

    /// <summary>The flow, as soon as there is one.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task<SipFlow> WaitAsync(CancellationToken cancellationToken = default) =>
        _endpoint.Loop.InvokeAsync(() => Flow is { } flow ? Task.FromResult(flow) : _opened.Task).WaitAsync(cancellationToken);

    /// <summary>Stops keeping, and closes the flow in order.</summary>
    public ValueTask DisposeAsync() => new(_endpoint.Loop.InvokeAsync(() => _disposing ??= DisposeCoreAsync()));

    private async Task RunAsync()
    {
        _endpoint.FlowClosed += OnFlowClosed;
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                var wait = await KeepOneAsync();
                await _endpoint.Loop.DelayAsync(wait, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposed.
        }
        finally
        {
            _endpoint.FlowClosed -= OnFlowClosed;
        }
    }

    private async Task<TimeSpan> KeepOneAsync()
    {
        SipException? failure = null;
        var wait = TimeSpan.Zero;
        try
        {
            _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Flow = await _endpoint.ConnectAsync(_options.Target, _stopping.Token);
            var since = _endpoint.Loop.Now;
            _opened.TrySetResult(Flow);
            Opened?.Invoke(Flow);
            await _lost.Task;
            if (_endpoint.Loop.Now - since >= _options.StableAfter)
            {
                _backoff.Reset();
            }
            else
            {
                wait = _backoff.Next();
            }
        }
        catch (SipException refused)
        {
            failure = refused;
            wait = _backoff.Next();
        }

        Waiting?.Invoke(wait, failure);
        return wait;
    }

    private void OnFlowClosed(SipFlow flow, SipFlowEnd end)
    {
        if (flow == Flow)
        {
            Flow = null;
            _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _lost?.TrySetResult();
        }
    }

    private async Task DisposeCoreAsync()
    {
        _stopping.Cancel();
        _lost?.TrySetCanceled(_stopping.Token);
        if (_running is { } running)
        {
            await running;
        }

        _opened.TrySetCanceled(CancellationToken.None);
        if (Flow is { } flow)
        {
            Flow = null;
            await _endpoint.CloseFlowAsync(flow, CancellationToken.None);
        }

        _stopping.Dispose();
    }
}
