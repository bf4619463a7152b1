using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Core;

/// <summary>
/// One object's place in its <see cref="StateTable{TState,TTrigger,TReason}"/>. Change happens only here, and in the table for what is so many that each keeps its bare state.
/// </summary>
internal sealed class StateMachine<TState, TTrigger, TReason>
    where TState : struct, Enum
    where TTrigger : struct, Enum
    where TReason : struct, Enum
{
    private readonly StateTable<TState, TTrigger, TReason> _table;
    private TState _state;

    public StateMachine(StateTable<TState, TTrigger, TReason> table, TState initial)
    {
        if (!table.IsInitial(initial))
        {
            throw new ArgumentOutOfRangeException(nameof(initial), initial, $"{table.Name} does not begin in this state.");
        }

        _table = table;
        _state = initial;
    }

    public TState State => _state;

    public bool IsFinal => _table.IsFinal(State);

    public bool Permits(TTrigger trigger) => _table.Permits(State, trigger);

    /// <summary>Moves along the row for the trigger; false, and no move, when the table has none.</summary>
    public bool TryFire(TTrigger trigger, [NotNullWhen(true)] out StateRow<TState, TTrigger, TReason>? row) => _table.TryMove(ref _state, trigger, out row);

    /// <summary>Moves along the row for a trigger that the caller has made sure of; a missing row is our own broken assumption.</summary>
    public StateRow<TState, TTrigger, TReason> Fire(TTrigger trigger) => _table.Move(ref _state, trigger);
}
