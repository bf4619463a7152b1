using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>Which rows of the floor's state tables happened since it was made: what days of calls reach, and what they do not.</summary>
internal sealed class RowTally
{
    private static readonly IStateTable[] Tables =
    [
        InviteTable.StateTable, InviteClientTransaction.StateTable, InviteServerTransaction.StateTable, NonInviteClientTransaction.StateTable,
        NonInviteServerTransaction.StateTable, ProxyBranch.StateTable,
    ];

    private readonly Dictionary<(string Table, int Row), long> _before = [];

    public RowTally()
    {
        foreach (var (table, row) in Rows)
        {
            _before.Add((table.Name, row), table.CountFired(row));
        }
    }

    /// <summary>Rows that did not happen, as "table: from → to on trigger".</summary>
    public IEnumerable<string> Missing => Rows.Where(pair => Count(pair.Table, pair.Row) == 0).Select(pair => Describe(pair.Table, pair.Row));

    private static IEnumerable<(IStateTable Table, int Row)> Rows =>
        Tables.SelectMany(table => Enumerable.Range(0, table.RowTexts.Count).Select(row => (table, row)));

    /// <summary>One line for each table, then one for each row with how often it happened.</summary>
    public override string ToString() => string.Join('\n', Tables.Select(table =>
    {
        var rows = Enumerable.Range(0, table.RowTexts.Count).ToArray();
        var happened = rows.Count(row => Count(table, row) > 0);
        return $"{table.Name}: {happened} of {rows.Length} rows" + string.Concat(rows.Select(row => $"\n    {Count(table, row),9} {Describe(table, row)}"));
    }));

    private static string Describe(IStateTable table, int row)
    {
        var text = table.RowTexts[row];
        return $"{table.Name}: {text.From} → {text.To} on {text.Trigger}";
    }

    private long Count(IStateTable table, int row) => table.CountFired(row) - _before[(table.Name, row)];
}
