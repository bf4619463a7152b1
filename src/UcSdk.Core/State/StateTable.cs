using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace UcSdk.Core;

/// <summary>
/// The life of one kind of object as data: the rows are what runs, and the diagrams in docs/states are generated from them.
/// A pair of state and trigger has at most one row; what is not listed is refused.
/// </summary>
internal sealed class StateTable<TState, TTrigger, TReason> : IStateTable, IEnumerable<StateRow<TState, TTrigger, TReason>>
    where TState : struct, Enum
    where TTrigger : struct, Enum
    where TReason : struct, Enum
{
    private readonly List<StateRow<TState, TTrigger, TReason>> _rows = [];
    private readonly List<long[]> _fired = [];
    // For each state and trigger the number of their row, one more than its place; 0 for none.
    private readonly int[] _index = new int[Enum.GetValues<TState>().Length * Triggers];
    private readonly TState[] _initial;

    private static readonly int Triggers = Enum.GetValues<TTrigger>().Length;

    public StateTable(string name, params TState[] initial)
    {
        Name = name;
        _initial = initial;
    }

    public string Name { get; }

    public IReadOnlyList<TState> Initial => _initial;

    public IReadOnlyList<StateRow<TState, TTrigger, TReason>> Rows => _rows;

    IReadOnlyList<string> IStateTable.InitialStates => [.. _initial.Select(state => state.ToString())];

    IReadOnlyList<StateRowText> IStateTable.RowTexts =>
        [.. _rows.Select(r => new StateRowText(r.From.ToString(), r.Trigger.ToString(), r.To.ToString(), r.Reason.ToString(), r.Source))];

    /// <summary>Adds a row; a second row for the same pair is our own mistake and fails at once.</summary>
    public void Add(TState from, TTrigger trigger, TState to, TReason reason, string source)
    {
        ref var row = ref _index[IndexOf(from, trigger)];
        row = row == 0 ? _rows.Count + 1 : throw new ArgumentException($"{Name} has a row for {from} and {trigger} already.");
        _rows.Add(new(from, trigger, to, reason, source));
        _fired.Add(new long[1]);
    }

    public bool Permits(TState from, TTrigger trigger) => _index[IndexOf(from, trigger)] > 0;

    public bool IsInitial(TState state) => Array.IndexOf(_initial, state) >= 0;

    /// <summary>True when a state has no row that leads out of it.</summary>
    public bool IsFinal(TState state) => !_rows.Any(row => EqualityComparer<TState>.Default.Equals(row.From, state));

    /// <summary>Finds the row for the pair and counts it as fired; false when the table has none.</summary>
    public bool TryFire(TState from, TTrigger trigger, [NotNullWhen(true)] out StateRow<TState, TTrigger, TReason>? row)
    {
        var at = _index[IndexOf(from, trigger)] - 1;
        if (at < 0)
        {
            row = null;
            return false;
        }

        Interlocked.Increment(ref _fired[at][0]);
        row = _rows[at];
        return true;
    }

    /// <summary>Moves a state along the row for the trigger; false, and no move, when there is none.</summary>
    public bool TryMove(ref TState state, TTrigger trigger, [NotNullWhen(true)] out StateRow<TState, TTrigger, TReason>? row)
    {
        if (!TryFire(state, trigger, out row))
        {
            return false;
        }

        state = row.To;
        return true;
    }

    /// <summary>Moves a state along the row for a trigger that the caller has made sure of; a missing row is our own broken assumption.</summary>
    public StateRow<TState, TTrigger, TReason> Move(ref TState state, TTrigger trigger) =>
        TryMove(ref state, trigger, out var row) ? row : throw new UnreachableTransitionException(Name, state.ToString(), trigger.ToString());

    public long CountFired(int row) => Interlocked.Read(ref _fired[row][0]);

    public IEnumerator<StateRow<TState, TTrigger, TReason>> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Both are counted from 0 without a gap.
    private static int IndexOf(TState state, TTrigger trigger) => (Unsafe.BitCast<TState, int>(state) * Triggers) + Unsafe.BitCast<TTrigger, int>(trigger);
}
