using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>What holds for every state table of the floor.</summary>
public sealed class StateTableTests
{
    public static TheoryData<string> Names => [.. Tables.Select(t => t.Name)];

    private static IStateTable[] Tables => RowCoverage.Tables;

    [Fact]
    public void Every_pair_that_a_table_does_not_list_is_refused()
    {
        Check(InviteClientTransaction.StateTable);
        Check(NonInviteClientTransaction.StateTable);
        Check(InviteServerTransaction.StateTable);
        Check(NonInviteServerTransaction.StateTable);
        Check(InviteTable.StateTable);
        Check(SubscriptionTable.StateTable);
        Check(NotifierTable.StateTable);
        Check(RegistrationTable.StateTable);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_row_names_its_source(string name) =>
        Assert.All(Find(name).RowTexts, row => Assert.Matches(@"^(RFC \d{4}|\[MS-[A-Z]+\]) §", row.Source));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_state_is_reached_and_one_is_final(string name)
    {
        var table = Find(name);
        var reached = table.InitialStates.Concat(table.RowTexts.Select(r => r.To)).ToHashSet();
        var left = table.RowTexts.Select(r => r.From).ToHashSet();
        Assert.Subset(reached, left);
        Assert.Single(reached.Except(left));
    }

    private static IStateTable Find(string name) => Tables.Single(t => t.Name == name);

    private static void Check<TState, TTrigger, TReason>(StateTable<TState, TTrigger, TReason> table)
        where TState : struct, Enum
        where TTrigger : struct, Enum
        where TReason : struct, Enum
    {
        var listed = table.Rows.Select(r => (r.From, r.Trigger)).ToHashSet();
        foreach (var state in Enum.GetValues<TState>())
        {
            foreach (var trigger in Enum.GetValues<TTrigger>())
            {
                Assert.Equal(listed.Contains((state, trigger)), table.Permits(state, trigger));
            }
        }
    }
}
