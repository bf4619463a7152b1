using UcSdk.Core;
using UcSdk.Shared;

namespace UcSdk.Sip.Tests;

/// <summary>What holds for every state table of the floor.</summary>
public sealed class StateTableTests
{
    public static TheoryData<string> Names => [.. Tables.Select(t => t.Name)];

    private static IStateTable[] Tables =>
    [
        InviteClientTransaction.StateTable, NonInviteClientTransaction.StateTable, InviteServerTransaction.StateTable, NonInviteServerTransaction.StateTable,
        InviteTable.StateTable, SubscriptionTable.StateTable, NotifierTable.StateTable, RegistrationTable.StateTable,
        ProxyBranch.StateTable, PublicationTable.StateTable,
        ReferralTable.StateTable, IncomingReferralTable.StateTable,
    ];

    [Fact]
    public Task Every_row_happens_in_some_conversation() => RowCoverage.AssertAllRowsFireAsync(
        Tables,
        typeof(ClientTransactionTests),
        typeof(ServerTransactionTests),
        typeof(InviteSessionTests),
        typeof(IncomingInviteTests),
        typeof(ReliableProvisionalTests),
        typeof(SessionTimerTests),
        typeof(SubscriptionTests),
        typeof(SubscriptionRenewalTests),
        typeof(NotifierSubscriptionTests),
        typeof(RegistrationTests),
        typeof(RegistrationEndTests),
        typeof(DeregistrationTests),
        typeof(RegistrationExtensionTests),
        typeof(ResponseProcessingTests),
        typeof(CancelTests),
        typeof(TimerCTests),
        typeof(TransportErrorTests),
        typeof(PublicationTests),
        typeof(ReferralTests),
        typeof(IncomingReferralTests),
        typeof(SharedDialogTests),
        typeof(TimerTableTests),
        typeof(UnansweredTests),
        typeof(SipEndpointTests));

    [Fact]
    public void Every_pair_that_a_table_does_not_list_is_refused()
    {
        RowCoverage.AssertOthersAreRefused(InviteClientTransaction.StateTable);
        RowCoverage.AssertOthersAreRefused(NonInviteClientTransaction.StateTable);
        RowCoverage.AssertOthersAreRefused(InviteServerTransaction.StateTable);
        RowCoverage.AssertOthersAreRefused(NonInviteServerTransaction.StateTable);
        RowCoverage.AssertOthersAreRefused(InviteTable.StateTable);
        RowCoverage.AssertOthersAreRefused(SubscriptionTable.StateTable);
        RowCoverage.AssertOthersAreRefused(NotifierTable.StateTable);
        RowCoverage.AssertOthersAreRefused(RegistrationTable.StateTable);
        RowCoverage.AssertOthersAreRefused(ProxyBranch.StateTable);
        RowCoverage.AssertOthersAreRefused(PublicationTable.StateTable);
        RowCoverage.AssertOthersAreRefused(ReferralTable.StateTable);
        RowCoverage.AssertOthersAreRefused(IncomingReferralTable.StateTable);
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
}
