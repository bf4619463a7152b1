using UcSdk.Core;

[assembly: AssemblyFixture(typeof(UcSdk.Sip.Tests.RowCoverage))]

namespace UcSdk.Sip.Tests;

/// <summary>
/// After a run of all tests (<c>ROW_COVERAGE=1</c> says that it is one), a row of a state table that no conversation has fired is an error:
/// either a test is missing or the row is fiction.
/// </summary>
public sealed class RowCoverage : IDisposable
{
    internal static IStateTable[] Tables =>
    [
        InviteClientTransaction.StateTable, NonInviteClientTransaction.StateTable, InviteServerTransaction.StateTable, NonInviteServerTransaction.StateTable,
        InviteTable.StateTable, SubscriptionTable.StateTable, NotifierTable.StateTable, RegistrationTable.StateTable,
    ];

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("ROW_COVERAGE") == "1")
        {
            Assert.Empty(Tables.SelectMany(Unfired));
        }
    }

    private static IEnumerable<string> Unfired(IStateTable table) =>
        table.RowTexts.Where((_, row) => table.CountFired(row) == 0).Select(row => $"{table.Name}: {row.From} {row.Trigger}");
}
