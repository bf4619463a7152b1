using System.Collections;
using System.Diagnostics.CodeAnalysis;

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
    private readonly Dictionary<(TState From, TTrigger Trigger), int> _index = [];
    private readonly TState[] _initial;

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
        _index.Add((from, trigger), _rows.Count);
        _rows.Add(new(from, trigger, to, reason, source));
        _fired.Add(new long[1]);
    }

    public bool Permits(TState from, TTrigger trigger) => _index.ContainsKey((from, trigger));

    /// <summary>True when a state has no row that leads out of it.</summary>
    public bool IsFinal(TState state) => !_rows.Any(row => EqualityComparer<TState>.Default.Equals(row.From, state));

    /// <summary>Finds the row for the pair and counts it as fired; false when the table has none.</summary>
    public bool TryFire(TState from, TTrigger trigger, [NotNullWhen(true)] out StateRow<TState, TTrigger, TReason>? row)
    {
        if (!_index.TryGetValue((from, trigger), out var at))
        {
            row = null;
            return false;
        }

        Interlocked.Increment(ref _fired[at][0]);
        row = _rows[at];
        return true;
    }

    public long CountFired(int row) => Interlocked.Read(ref _fired[row][0]);

    public IEnumerator<StateRow<TState, TTrigger, TReason>> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
