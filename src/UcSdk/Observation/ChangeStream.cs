using System.Collections.Immutable;

namespace UcSdk;

/// <summary>
/// Changes as observers see them: in order, then one end, then silence. Subscribing is possible from any thread; publishing happens on
/// the loop of the object that owns the stream. Who comes after the end is told so at once.
/// </summary>
internal sealed class ChangeStream<T>(ObserverPump pump, string name) : IObservable<T>
    where T : class
{
    private Snapshot _current = new([], null, false);

    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscriptionName = pump.NameOf(name, observer.GetType());
        while (true)
        {
            var seen = Volatile.Read(ref _current);
            var subscription = new ObserverSubscription<T>(pump, subscriptionName, observer, Detach, seen.Replayed);
            if (seen.IsCompleted)
            {
                subscription.End();
                return subscription;
            }

            if (TryReplace(seen, seen with { Subscribers = seen.Subscribers.Add(subscription) }))
            {
                subscription.Start();
                return subscription;
            }
        }
    }

    /// <summary>Sends the item to all subscribers; <paramref name="replayed"/>, when given, is what newcomers get first from now on.</summary>
    public void Publish(T item, T? replayed = null)
    {
        var seen = replayed is null ? Volatile.Read(ref _current) : ChangeReplayed(replayed);
        foreach (var subscriber in seen.Subscribers)
        {
            subscriber.Push(item);
        }
    }

    /// <summary>Sets what newcomers get first, without telling those who are there.</summary>
    public void Replay(T replayed) => ChangeReplayed(replayed);

    /// <summary>Ends the stream; a second call does nothing.</summary>
    public void Complete()
    {
        foreach (var subscriber in Change(static seen => seen with { IsCompleted = true }).Subscribers)
        {
            subscriber.End();
        }
    }

    private void Detach(ObserverSubscription<T> subscription) =>
        Change(seen => seen with { Subscribers = seen.Subscribers.Remove(subscription) });

    private Snapshot ChangeReplayed(T replayed) => Change(seen => seen with { Replayed = replayed });

    private Snapshot Change(Func<Snapshot, Snapshot> change)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _current);
            var changed = change(seen);
            if (TryReplace(seen, changed))
            {
                return changed;
            }
        }
    }

    private bool TryReplace(Snapshot seen, Snapshot changed) => ReferenceEquals(Interlocked.CompareExchange(ref _current, changed, seen), seen);

    private sealed record Snapshot(ImmutableArray<ObserverSubscription<T>> Subscribers, T? Replayed, bool IsCompleted);
}
