namespace UcSdk;

/// <summary>
/// One change of an observable object. Each kind of object has its own record with its own reason and a snapshot of what matters at that
/// moment, because the object itself may have moved on when an observer sees the change.
/// </summary>
/// <typeparam name="TState">The states of the object.</typeparam>
/// <param name="Previous">The state that was left.</param>
/// <param name="Current">The state that was entered; the same as <paramref name="Previous"/> when only the reason is news.</param>
/// <param name="Cause">What the network or the server did, where that is the reason; otherwise null.</param>
/// <param name="When">The wall clock at the change.</param>
public abstract record StateChange<TState>(TState Previous, TState Current, Exception? Cause, DateTimeOffset When)
    where TState : struct, Enum
{
    private protected string Describe(Enum reason) => $"{Previous} → {Current} ({reason})";
}
