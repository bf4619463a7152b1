using UcSdk.Core;
using UcSdk.Shared;

namespace UcSdk.Tests;

public sealed class StateTableTests
{
    public static TheoryData<string> Tables => [.. StateTables.All.Select(table => table.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_row_is_published_and_not_marked_as_missing(string name)
    {
        var built = PublishedOf(name).Where(transition => transition.NotBuilt is null).Select(transition => (transition.From, transition.To)).ToHashSet();
        foreach (var row in Table(name).RowTexts)
        {
            Assert.True(built.Contains((row.From, row.To)), $"{name}: {row.From} → {row.To} on {row.Trigger} is not published");
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_published_transition_is_a_row_or_says_why_not(string name)
    {
        var rows = Table(name).RowTexts.Select(row => (row.From, row.To)).ToHashSet();
        foreach (var transition in PublishedOf(name))
        {
            if (transition.NotBuilt is null)
            {
                Assert.Contains((transition.From, transition.To), rows);
            }
        }
    }

    [Fact]
    public void The_reasons_of_an_invitation_are_exactly_the_published_ones()
    {
        var rows = Table("ConferenceInvitation").RowTexts.Select(row => (row.From, row.To, row.Reason)).Order();
        var published = PublishedTransitions.ConferenceInvitation.Where(t => t.NotBuilt is null).Select(t => (t.From, t.To, t.Trigger)).Order();

        Assert.Equal(published, rows);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_row_names_its_source(string name) => Assert.All(Table(name).RowTexts, row => Assert.NotEqual("", row.Source));

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_state_that_a_row_leaves_can_be_reached(string name)
    {
        var table = Table(name);
        var reached = table.InitialStates.ToHashSet();
        while (table.RowTexts.Any(row => reached.Contains(row.From) && reached.Add(row.To)))
        {
        }

        Assert.All(table.RowTexts, row => Assert.Contains(row.From, reached));
    }

    [Fact]
    public void A_client_refuses_every_pair_that_is_not_in_its_table() => AssertOthersAreRefused(ClientStates.Table);

    [Fact]
    public void A_conversation_refuses_every_pair_that_is_not_in_its_table() => AssertOthersAreRefused(ConversationStates.Table);

    [Fact]
    public void A_modality_refuses_every_pair_that_is_not_in_its_table()
    {
        RowCoverage.AssertOthersAreRefused(AVModalityStates.Table);
        RowCoverage.AssertOthersAreRefused(InstantMessageModalityStates.Table);
        var rows = AVModalityStates.Table.Rows.Concat(InstantMessageModalityStates.Table.Rows).ToArray();
        Assert.All(Enum.GetValues<ModalityTrigger>(), trigger => Assert.Contains(rows, row => row.Trigger == trigger));
        Assert.All(Enum.GetValues<ModalityStateChangeReason>(), reason => Assert.Contains(rows, row => row.Reason == reason));
    }

    [Fact]
    public void A_conference_session_refuses_every_pair_that_is_not_in_its_table() => AssertOthersAreRefused(ConferenceSessionStates.Table);

    [Fact]
    public void An_invitation_refuses_every_pair_that_is_not_in_its_table() => AssertOthersAreRefused(ConferenceInvitationStates.Table);

    [Fact]
    public void A_contact_list_refuses_every_pair_that_is_not_in_its_table() => AssertOthersAreRefused(ContactListStates.Table);

    [Fact]
    public void The_watching_of_a_contact_refuses_every_pair_that_is_not_in_its_table() => AssertOthersAreRefused(ContactPresenceStates.Table);

    [Fact]
    public Task Every_row_of_the_watching_of_a_contact_happens_in_a_conversation() => RowCoverage.AssertAllRowsFireAsync([ContactPresenceStates.Table], typeof(PresenceTests), typeof(PlainPresenceTests));

    [Fact]
    public Task Every_row_of_instant_messages_happens_in_a_conversation() => RowCoverage.AssertAllRowsFireAsync(
        [InstantMessageModalityStates.Table],
        typeof(FirstMessageTests),
        typeof(ReceivingTests),
        typeof(DeliveryTests),
        typeof(PageModeTests),
        typeof(MessageRaceTests),
        typeof(SeveralEndpointsTests),
        typeof(ConferenceMessageTests));

    [Fact]
    public Task Every_row_of_the_contact_list_happens_in_a_conversation() => RowCoverage.AssertAllRowsFireAsync([ContactListStates.Table], typeof(ContactListTests));

    [Fact]
    public void The_numbers_are_those_of_the_Lync_client()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], NumbersOf<ClientState>("Uninitialized", "SignedOut", "SigningIn", "SignedIn", "SigningOut", "ShuttingDown", "Initializing"));
        Assert.Equal([0, 1, 2, 3], NumbersOf<ConversationState>("Inactive", "Active", "Parked", "Terminated"));
        Assert.Equal(
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
            NumbersOf<ModalityState>(
                "Disconnected", "Connecting", "Notified", "Joining", "ConnectingToCaller", "Connected", "Suspended", "OnHold", "Forwarding", "Transferring", "Disconnecting"));
        Assert.Equal([0, 1, 2, 4, 8], NumbersOf<ModalityTypes>("None", "InstantMessage", "AudioVideo", "ApplicationSharing", "ContentSharing"));
        Assert.Equal([0, 1, 2, 3], NumbersOf<ConversationAction>("Merge", "Park", "AddParticipant", "RemoveParticipant"));
        Assert.Equal([0, 1, 2, 3, 4], NumbersOf<ConversationAcceptanceState>("None", "Accepted", "Rejected", "Missed", "Deflected"));
        Assert.Equal([0, 1, 2], NumbersOf<ConversationDirection>("None", "Incoming", "Outgoing"));
        Assert.Equal([1, 2, 8, 14], NumbersOf<ConversationProperty>("Subject", "Importance", "FollowUp", "AutoTerminateOnIdle"));
        Assert.Equal([0, 1, 2, 3], NumbersOf<ConversationImportance>("Low", "Normal", "High", "Emergency"));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], NumbersOf<ModalityDisconnectReason>("None", "Timeout", "Busy", "NotAcceptableHere", "Decline", "DeclineEverywhere", "ReplyOther"));
        Assert.Equal([0, 1, 2, 3, 4, 5], NumbersOf<InstantMessageContentType>("PlainText", "Html", "RichText", "Gif", "Ink", "Unknown"));
        Assert.Equal([0, 1, 2, 4, 8, 16], NumbersOf<InstantMessageCapabilities>("None", "CanRenderIsf", "CanRenderGif", "CanRenderRtf", "SupportMime", "CanRenderHtml"));
        Assert.Equal(
            [.. Enumerable.Range(0, 11)],
            NumbersOf<ConferenceEscalationProgress>(
                "NotStarted", "SchedulingConference", "ConnectingToConference", "ConnectedToLobby", "JoiningLocalMedia", "WaitingForPair", "WaitingForPeer", "Completed", "Failed",
                "AwaitingDisclaimerResponse", "AwaitingJoinDialogResponse"));
        Assert.Equal([0, 1, 16, 256, 4096], NumbersOf<ConferenceAccessType>("Unknown", "Open", "Closed", "Anonymous", "Locked"));
        Assert.Equal(
            [.. Enumerable.Range(0, 14)],
            NumbersOf<ModalityAction>(
                "Connect", "Disconnect", "SetProperty", "Hold", "Retrieve", "Forward", "RemoteTransfer", "ConsultAndTransfer", "SendInstantMessage", "SetIsTyping",
                "SetAudioEndpoint", "Accept", "Reject", "LocalTransfer"));
    }

    private static IEnumerable<int> NumbersOf<T>(params string[] names)
        where T : struct, Enum
    {
        Assert.Equal(Enum.GetNames<T>().Order(), names.Order());
        return names.Select(name => Convert.ToInt32(Enum.Parse<T>(name)));
    }

    private static void AssertOthersAreRefused<TState, TTrigger, TReason>(StateTable<TState, TTrigger, TReason> table)
        where TState : struct, Enum
        where TTrigger : struct, Enum
        where TReason : struct, Enum
    {
        RowCoverage.AssertOthersAreRefused(table);
        Assert.All(Enum.GetValues<TTrigger>(), trigger => Assert.Contains(table.Rows, row => row.Trigger.Equals(trigger)));
        Assert.All(Enum.GetValues<TReason>(), reason => Assert.Contains(table.Rows, row => row.Reason.Equals(reason)));
    }

    private static IStateTable Table(string name) => StateTables.All.Single(table => table.Name == name);

    private static PublishedTransition[] PublishedOf(string name) => name switch
    {
        "Client" => PublishedTransitions.Client,
        "Conversation" => PublishedTransitions.Conversation,
        "AVModality" => PublishedTransitions.AVModality,
        "InstantMessageModality" => PublishedTransitions.InstantMessageModality,
        "ConferenceSession" => PublishedTransitions.ConferenceSession,
        "ConferenceInvitation" => PublishedTransitions.ConferenceInvitation,
        "ContactList" => PublishedTransitions.ContactList,
        "ContactPresence" => PublishedTransitions.ContactPresence,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No published transitions are kept for it."),
    };
}
