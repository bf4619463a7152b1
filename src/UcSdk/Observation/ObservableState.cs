using UcSdk.Core;

namespace UcSdk;

/// <summary>
/// The one place where an observable object changes: the table is asked, the state is new, observers are told, waiters go on, and then the
/// owner acts. Used on the loop only, except for reading <see cref="State"/> and <see cref="Changes"/>.
/// </summary>
internal sealed class ObservableState<TState, TTrigger, TReason, TChange>
    where TState : struct, Enum
    where TTrigger : struct, Enum
    where TReason : struct, Enum
    where TChange : StateChange<TState>
{
    private readonly ModelContext _context;
    private readonly StateMachine<TState, TTrigger, TReason> _machine;
    private readonly string _name;
    private readonly Func<StateRow<TState, TTrigger, TReason>, Exception?, DateTimeOffset, TChange> _describe;
    private readonly ChangeStream<TChange> _changes;
    private readonly List<(TState State, TaskCompletionSource Reached)> _waiters = [];
    private bool _completed;

    public ObservableState(
        ModelContext context,
        StateTable<TState, TTrigger, TReason> table,
        TState initial,
        Func<StateRow<TState, TTrigger, TReason>, Exception?, DateTimeOffset, TChange> describe)
    {
        _context = context;
        _name = table.Name;
        _machine = new(table, initial);
        _describe = describe;
        _changes = new(context.Observers, table.Name);
    }

    public TState State => _machine.State;

    public bool IsFinal => _machine.IsFinal;

    public IObservable<TChange> Changes => _changes;

    /// <summary>Runs on the loop after each change, when state and observers are already told.</summary>
    public Action<TChange>? Entered { get; set; }

    public bool Permits(TTrigger trigger) => _machine.Permits(trigger);

    /// <summary>Moves along the row for the trigger; false when the table has none.</summary>
    public bool TryFire(TTrigger trigger, Exception? cause = null)
    {
        if (!_machine.TryFire(trigger, out var row))
        {
            return false;
        }

        Announce(row, cause);
        return true;
    }

    /// <summary>Moves along the row for a trigger that the code has made sure of.</summary>
    public void Fire(TTrigger trigger, Exception? cause = null) => Announce(_machine.Fire(trigger), cause);

    /// <summary>Moves along the row for what a caller wants; a missing row is the caller's mistake.</summary>
    /// <exception cref="InvalidStateException">The table has no row.</exception>
    public void Demand(TTrigger trigger, string operation)
    {
        if (!TryFire(trigger))
        {
            throw Refuse(operation);
        }
    }

    public InvalidStateException Refuse(string operation) => new(_name, State.ToString(), operation);

    /// <summary>Ends the stream of changes and lets those go who wait for a state that will not come.</summary>
    public void Complete()
    {
        if (_completed)
        {
            return;
        }

        _completed = true;
        _changes.Complete();
        foreach (var (_, reached) in _waiters.ToArray())
        {
            reached.TrySetException(Refuse("WaitForState"));
        }
    }

    /// <summary>Waits, from any thread, until the object is in the state; at once when it is.</summary>
    public Task WaitAsync(TState state, CancellationToken cancellationToken) => _context.Loop.InvokeAsync(async () =>
    {
        if (EqualityComparer<TState>.Default.Equals(State, state))
        {
            return;
        }

        if (_completed)
        {
            throw Refuse("WaitForState");
        }

        var waiter = (state, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiters.Add(waiter);
        using var cancel = cancellationToken.Register(() => waiter.Item2.TrySetCanceled(cancellationToken));
        try
        {
            await waiter.Item2.Task;
        }
        finally
        {
            _waiters.Remove(waiter);
        }
    });

    private void Announce(StateRow<TState, TTrigger, TReason> row, Exception? cause)
    {
        var change = _describe(row, cause, _context.WallClock);
        _changes.Publish(change);
        foreach (var (state, reached) in _waiters)
        {
            if (EqualityComparer<TState>.Default.Equals(state, row.To))
            {
                reached.TrySetResult();
            }
        }

        Entered?.Invoke(change);
        if (_machine.IsFinal)
        {
            Complete();
        }
    }
}
