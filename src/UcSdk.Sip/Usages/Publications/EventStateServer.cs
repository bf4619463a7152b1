using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Keeps what publishers publish (RFC 3903 §6) and tells what has changed, so that a notifier can pass it on: entity tags, lives, refusals. It does
/// not compose: each publication is kept by itself. Who may publish for whom is judged before (<see cref="DigestAuthenticator"/>). Used on the
/// endpoint's loop.
/// </summary>
public sealed class EventStateServer : IDisposable
{
    private readonly SerialLoop _loop;
    private readonly EventStateStore _store;
    private readonly LoopTimer _timer;

    /// <summary>A server with nothing in it.</summary>
    /// <param name="endpoint">The endpoint whose requests it answers.</param>
    /// <param name="options">What is kept.</param>
    public EventStateServer(SipEndpoint endpoint, EventStateOptions options)
    {
        _loop = endpoint.Loop;
        _store = new(options, endpoint.Core.Context.Random);
        _timer = new(_loop, () => Step(changes => _store.Elapse(_loop.Now, changes)));
    }

    /// <summary>Raised when state is new, changed, removed or has run out; a refresh alone is no change.</summary>
    public event Action<EventState, EventStateChange>? Changed;

    /// <summary>How many pieces of state there are.</summary>
    public int Count => _store.Count;

    /// <summary>What is published for a resource now, in no order.</summary>
    /// <param name="resource">Whose state.</param>
    /// <param name="package">The event package.</param>
    public IReadOnlyList<EventState> StatesOf(SipUri resource, string package) => [.. _store.Of(resource, package)];

    /// <summary>Answers a PUBLISH, then tells what it has changed.</summary>
    /// <exception cref="ArgumentException">The request is no PUBLISH.</exception>
    /// <exception cref="InvalidOperationException">The request is answered or taken.</exception>
    public void Receive(IncomingRequest publish)
    {
        if (publish.Request.Method != SipMethod.Publish)
        {
            throw new ArgumentException($"PUBLISH is wanted, not {publish.Request.Method}.", nameof(publish));
        }

        Step(changes => publish.Respond(_store.Receive(publish.Request, _loop.Now, changes)));
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Step(Action<List<(EventState State, EventStateChange Change)>> step)
    {
        var changes = new List<(EventState State, EventStateChange Change)>();
        step(changes);
        _timer.SetDeadline(_store.NextDeadline);
        foreach (var (state, change) in changes)
        {
            Changed?.Invoke(state, change);
        }
    }
}
