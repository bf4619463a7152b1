using UcSdk.Core;

namespace UcSdk;

/// <summary>
/// One observer with its own bounded queue and its own turns. Being slow it harms nobody but itself: when the queue is full it gets what
/// waits and then an error. An observer that throws gets nothing more.
/// </summary>
internal sealed class ObserverSubscription<T> : IDisposable
{
    private readonly ObserverPump _pump;
    private readonly string _name;
    private readonly Action<ObserverSubscription<T>> _detach;
    private readonly SerialLoop _deliveries;
    private readonly T? _first;
    private IObserver<T>? _observer;
    private bool _owesFirst;
    private bool _closed;
    private int _waiting;

    public ObserverSubscription(ObserverPump pump, string name, IObserver<T> observer, Action<ObserverSubscription<T>> detach, T? first)
    {
        _pump = pump;
        _name = name;
        _observer = observer;
        _detach = detach;
        _first = first;
        _owesFirst = first is not null;
        _deliveries = pump.CreateLoop();
        _deliveries.OnFault = OnThrow;
    }

    /// <summary>Begins to deliver; what the source replays to newcomers comes before everything pushed.</summary>
    public void Start()
    {
        if (_owesFirst)
        {
            _deliveries.Post(DeliverFirst);
        }
    }

    /// <summary>Queues one item; called by the source only.</summary>
    public void Push(T item)
    {
        if (_closed)
        {
            return;
        }

        if (Interlocked.Increment(ref _waiting) > _pump.Capacity)
        {
            End(new ObserverOverflowException(_name, _pump.Capacity));
            _detach(this);
            return;
        }

        _deliveries.Post(static delivery => ((Delivery)delivery!).Run(), new Delivery(this, item));
    }

    /// <summary>Ends the subscription after what waits; called by the source only.</summary>
    public void End(Exception? error = null)
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _deliveries.Post(() => DeliverEnd(error));
    }

    /// <summary>The observer wants no more; nothing begins to be delivered afterwards.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _observer, null);
        _detach(this);
    }

    private void DeliverFirst()
    {
        if (_owesFirst)
        {
            _owesFirst = false;
            Volatile.Read(ref _observer)?.OnNext(_first!);
        }
    }

    private void Deliver(T item)
    {
        DeliverFirst();
        Interlocked.Decrement(ref _waiting);
        Volatile.Read(ref _observer)?.OnNext(item);
    }

    private void DeliverEnd(Exception? error)
    {
        DeliverFirst();
        var observer = Interlocked.Exchange(ref _observer, null);
        if (error is null)
        {
            observer?.OnCompleted();
        }
        else
        {
            observer?.OnError(error);
        }
    }

    private void OnThrow(Exception fault)
    {
        Dispose();
        _pump.ReportThrow(_name, fault);
    }

    private sealed class Delivery(ObserverSubscription<T> subscription, T item)
    {
        public void Run() => subscription.Deliver(item);
    }
}
