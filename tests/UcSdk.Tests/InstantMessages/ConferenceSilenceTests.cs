using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>No answer, no report or no connection any more, at each point of a session with an IM MCU; and reports that say too little, too much or twice.</summary>
public sealed class ConferenceSilenceTests
{
    private readonly MessageLab _lab = new();
    private int _version = 1;
    private int _messageId;

    [Fact]
    public void An_MCU_that_never_answers_fails_the_join_at_its_stage() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE chat"] = Nothing;

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(JoinAsync);

        Assert.Equal((ConferenceStage.InstantMessages, 408), (failure.Stage, failure.StatusCode));
    });

    [Fact]
    public void The_connection_is_lost_while_the_MCU_is_dialled() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE chat"] = request => _lab.Server.Reply(request, 180);
        var joining = JoinAsync();
        await _lab.DelayAsync(5);

        await _lab.Server.CloseFlowAsync("bob");

        // The focus is lost with it, and that is what the join fails with.
        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => joining);
        Assert.Equal((ConferenceStage.Focus, 503), (failure.Stage, failure.StatusCode));
        await _lab.DelayAsync(40);
        Assert.Equal(0, _lab.Messages.OpenSessions);
    });

    [Fact]
    public void The_connection_is_lost_between_202_and_the_report() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice", "carol");
        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(1);

        await _lab.Server.CloseFlowAsync("bob");
        var delivery = await sending;

        Assert.All(delivery.Recipients, recipient => Assert.Equal((DeliveryOutcome.Unconfirmed, 202), (recipient.Outcome, recipient.StatusCode)));
        Assert.Equal(2, delivery.Recipients.Count);
    });

    [Fact]
    public void A_message_to_the_MCU_that_is_never_answered_is_unconfirmed_for_everybody() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice", "carol");
        _lab.Server.Answers["MESSAGE chat"] = Nothing;

        var delivery = await _lab.Messages.SendMessageAsync("Hello all");

        Assert.All(delivery.Recipients, recipient => Assert.Equal((DeliveryOutcome.Unconfirmed, 408), (recipient.Outcome, recipient.StatusCode)));
        Assert.Equal(2, delivery.Recipients.Count);
    });

    // [MS-CONFIM] §2.2.1: who is not named has the message; a recipient without a status, or with one below 300, is named all the same.
    [Fact]
    public void A_report_of_every_kind_of_recipient() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice", "carol", "dave", "frank", "grace");
        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(1);

        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1, "alice 200", "carol 486", "dave 504", "eve 404").Replace(
            "</imdn>", "<recipient uri=\"sip:frank@contoso.com\"/><recipient uri=\"nobody\"><status>480</status></recipient></imdn>", StringComparison.Ordinal));
        var delivery = await sending;

        Assert.Equal(
            ["alice Delivered", "carol Failed (486)", "dave Unconfirmed (504)", "eve Failed (404)", "frank Unconfirmed (500)", "grace Delivered"],
            delivery.Recipients.Select(recipient => $"{recipient.Uri[4..recipient.Uri.IndexOf('@', StringComparison.Ordinal)]} {recipient}").Order());
    });

    [Fact]
    public void A_report_that_comes_twice_or_too_late_changes_nothing_and_is_nobody_elses() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        var first = _lab.Messages.SendMessageAsync("one");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1, "alice 480"));
        Assert.True((await first).IsDelivered);

        var second = _lab.Messages.SendMessageAsync("two");
        await _lab.DelayAsync(41);
        Assert.Equal(DeliveryOutcome.Unconfirmed, (await second).Recipients.Single().Outcome);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(2));
        await _lab.DelayAsync(1);

        Assert.Equal(2, _lab.Deliveries.Items.Count);
        var third = _lab.Messages.SendMessageAsync("three");
        await _lab.DelayAsync(1);
        Assert.False(third.IsCompleted);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(3));
        Assert.True((await third).IsDelivered);
    });

    private async Task JoinAsync()
    {
        _lab.Server.Answers["MESSAGE chat"] = request => _lab.Server.Reply(request, 202, $"Message-Id: {++_messageId}\r\n\r\n");
        var conversation = await _lab.Bob.ConversationManager.AddConversationAsync(ScriptedServer.FocusUri);
        _lab.Observe(conversation);
        await conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true });
    }

    private async Task ShowAsync(params string[] names)
    {
        await _lab.Server.SendInDialogAsync(
            "conference", "BENOTIFY", Texts.Notification() + Texts.RosterBody(++_version, "partial", "partial", [.. names.Select(name => Texts.User(name, sessions: "chat"))]));
        await _lab.DelayAsync(0.05);
    }

    private static Task<SipResponse?> Nothing(SipRequest request) => Task.FromResult<SipResponse?>(null);
}
