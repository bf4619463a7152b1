namespace UcSdk;

/// <summary>An observer took so long that its queue overflowed; its subscription, and no other, ended with this error.</summary>
public sealed class ObserverOverflowException : Exception
{
    internal ObserverOverflowException(string observer, int capacity)
        : base($"{observer} is too slow: more than {capacity} changes were waiting for it.")
    {
        Observer = observer;
        Capacity = capacity;
    }

    /// <summary>Which observer: what it observed, its number, its type.</summary>
    public string Observer { get; }

    /// <summary>How many changes may wait (<see cref="LyncClientOptions.ObserverCapacity"/>).</summary>
    public int Capacity { get; }
}
