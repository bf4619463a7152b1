using UcSdk.Server;
using UcSdk.Shared;

namespace UcSdk.Conversations.Tests;

/// <summary>Every row of the tables of client and conference happens in some story of this project.</summary>
public sealed class RowCoverageTests
{
    // Contact list, presence and instant messages are covered where a scripted server can refuse them (UcSdk.Tests).
    [Fact]
    public Task Every_row_of_every_table_happens_in_a_story() => RowCoverage.AssertAllRowsFireAsync(
        [.. StateTables.All.Except([ContactListStates.Table, ContactPresenceStates.Table, InstantMessageModalityStates.Table]), FocusStates.Table],
        typeof(SignInTests),
        typeof(InvitationTests),
        typeof(InvitationCollisionTests),
        typeof(JoinTests),
        typeof(JoinFailureTests),
        typeof(EndingTests),
        typeof(ConnectionLostTests),
        typeof(AudioEscalationTests));

    [Fact]
    public void A_conference_refuses_every_pair_that_is_not_in_its_table() => RowCoverage.AssertOthersAreRefused(FocusStates.Table);
}
