namespace UcSdk;

/// <summary>Tells observers which actions became possible or impossible; the answer itself always comes from the state table.</summary>
internal sealed class ActionWatch<TAction>(ObserverPump pump, string name, Func<TAction, bool> canInvoke)
    where TAction : struct, Enum
{
    private readonly ChangeStream<ActionAvailability<TAction>> _changes = new(pump, name + " actions");
    private readonly HashSet<TAction> _available = [.. Enum.GetValues<TAction>().Where(canInvoke)];

    public IObservable<ActionAvailability<TAction>> Changes => _changes;

    /// <summary>Asks again; called after everything that an answer depends on.</summary>
    public void Refresh()
    {
        foreach (var action in Enum.GetValues<TAction>())
        {
            var isAvailable = canInvoke(action);
            if (isAvailable ? _available.Add(action) : _available.Remove(action))
            {
                _changes.Publish(new(action, isAvailable));
            }
        }
    }

    public void Complete() => _changes.Complete();
}
