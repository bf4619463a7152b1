using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Bob in a conference whose IM MCU is played by the scripted server ([MS-CONFIM] §4).</summary>
public sealed class ConferenceMessageTests
{
    private readonly MessageLab _lab = new();
    private int _version = 1;
    private int _messageId;

    [Fact]
    public void A_join_with_messages_dials_the_IM_MCU_beside_the_roster() => _lab.Run(async () =>
    {
        var progress = new ProgressRecorder();
        await JoinAsync(progress);

        var invite = _lab.Said("INVITE chat").Single();
        Assert.Equal("sip:alice@contoso.com;gruu;opaque=app:conf:chat:id:7ECB5F9B", invite.UriText);
        Assert.Equal(_lab.Conversation.Id, invite.Headers[HeaderName.MsConversationId]);
        Assert.True(invite.HasOption(HeaderName.Supported, "ms-sender"));
        Assert.Equal((ModalityState.Connected, ConversationState.Active), (_lab.Messages.State, _lab.Conversation.State));
        Assert.Contains(progress.Lines, line => line.StartsWith("InstantMessages done after 2 ", StringComparison.Ordinal));
    });

    [Fact]
    public void A_message_is_delivered_when_the_MCU_says_so_to_everybody_who_was_there() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice", "carol");

        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(5);
        Assert.False(sending.IsCompleted);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));
        var delivery = await sending;

        Assert.True(delivery.IsDelivered);
        Assert.Equal(["sip:alice@contoso.com", "sip:carol@contoso.com"], delivery.Recipients.Select(recipient => recipient.Uri));
        Assert.Equal(["Outgoing bob: Hello all"], _lab.Shown);
    });

    [Fact]
    public void Whom_a_message_did_not_reach_the_report_says_with_the_diagnosis() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice", "carol", "dave");

        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1, "carol 408", "dave 415", "eve 480"));
        var delivery = await sending;

        Assert.Equal(
            ["sip:alice@contoso.com Delivered", "sip:carol@contoso.com Unconfirmed (408)", "sip:dave@contoso.com Failed (415)", "sip:eve@contoso.com Failed (480)"],
            delivery.Recipients.Select(recipient => $"{recipient.Uri} {recipient}"));
        Assert.Equal(6001, delivery.Recipients[1].Diagnostics!.ErrorId);
        Assert.Equal(3, delivery.Undelivered.Count());
    });

    [Fact]
    public void Who_leaves_before_the_report_and_is_not_named_in_it_may_or_may_not_have_the_message() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice", "carol");

        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await NotifyAsync("partial", Texts.Gone("carol"));
        await ShowAsync("carol");
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));

        Assert.Equal(
            ["sip:alice@contoso.com Delivered", "sip:carol@contoso.com Unconfirmed (202)"],
            (await sending).Recipients.Select(recipient => $"{recipient.Uri} {recipient}"));
        var next = _lab.Messages.SendMessageAsync("Hello again");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(2));
        Assert.True((await next).IsDelivered);
    });

    [Fact]
    public void What_is_on_its_way_when_the_conversation_ends_is_told_of_before_deliveries_end() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        _lab.Server.Answers["MESSAGE chat"] = _ => Task.FromResult<SipResponse?>(null);
        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(1);

        await _lab.Conversation.EndAsync();
        Assert.DoesNotContain("completed", _lab.Deliveries.Log);
        var delivery = await sending;
        await _lab.DelayAsync(1);

        Assert.Equal(DeliveryOutcome.Unconfirmed, delivery.Recipients.Single().Outcome);
        Assert.Same(delivery, Assert.Single(_lab.Deliveries.Items));
        Assert.Equal("completed", _lab.Deliveries.Log[^1]);
    });

    [Fact]
    public void What_is_accepted_while_the_conversation_ends_is_unconfirmed() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        SipRequest? message = null;
        SipRequest? bye = null;
        _lab.Server.Answers["MESSAGE chat"] = request =>
        {
            message = request;
            return Task.FromResult<SipResponse?>(null);
        };
        _lab.Server.Answers["BYE focus"] = request =>
        {
            bye = request;
            return Task.FromResult<SipResponse?>(null);
        };
        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(1);
        var ending = _lab.Conversation.EndAsync();
        await _lab.DelayAsync(1);

        // The session is over, and with it any hope for a report; the conversation is not yet.
        await _lab.Server.RespondAsync(message!, 202, "Message-Id: 1\r\n\r\n");
        await _lab.DelayAsync(1);
        await _lab.Server.RespondAsync(bye!, 200);
        await ending;

        Assert.Equal((DeliveryOutcome.Unconfirmed, 202), ((await sending).Recipients.Single().Outcome, (await sending).Recipients.Single().StatusCode));
    });

    [Fact]
    public void Without_a_report_the_message_is_unconfirmed_and_reports_of_others_are_nobodys() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(99));
        await _lab.DelayAsync(38);
        Assert.False(sending.IsCompleted);
        await _lab.DelayAsync(2);

        Assert.Equal(DeliveryOutcome.Unconfirmed, (await sending).Recipients.Single().Outcome);
    });

    [Fact]
    public void Each_message_waits_for_its_report_for_its_own_time() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        var first = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(10);
        var second = _lab.Messages.SendMessageAsync("2");
        await _lab.DelayAsync(30.5);
        Assert.Equal((true, false), (first.IsCompleted, second.IsCompleted));
        await _lab.DelayAsync(10);

        Assert.Equal("Unconfirmed (202), Unconfirmed (202)", $"{await first}, {await second}");
    });

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Of_reports_that_are_nobodys_the_last_sixty_four_are_kept(int id, bool isKept) => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        for (var stray = 1; stray <= 65; stray++)
        {
            await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(stray));
        }

        _lab.Server.Answers["MESSAGE chat"] = request => _lab.Server.Reply(request, 202, $"Message-Id: {id}\r\n\r\n");
        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(1);

        Assert.Equal(isKept, sending.IsCompleted);
    });

    [Fact]
    public void Reports_in_another_order_find_their_messages() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        var deliveries = Enumerable.Range(1, 3).Select(number => _lab.Messages.SendMessageAsync($"{number}")).ToArray();
        await _lab.DelayAsync(1);
        foreach (var (id, failure) in new[] { (3, "alice 480"), (1, null), (2, "alice 403") })
        {
            await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", failure is null ? Texts.Report(id) : Texts.Report(id, failure));
        }

        var results = await Task.WhenAll(deliveries);
        Assert.Equal([200, 403, 480], results.Select(delivery => delivery.Recipients.Single().StatusCode));
        Assert.Equal(["1", "2", "3"], _lab.Said("MESSAGE chat").Select(message => message.BodyText));
    });

    [Fact]
    public void A_report_that_overtakes_the_answer_to_its_message_is_kept_for_it() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        _lab.Server.Answers["MESSAGE chat"] = async request =>
        {
            await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(7, "alice 480"));
            return await _lab.Server.Reply(request, 202, "Message-Id: 7\r\n\r\n");
        };

        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(1);

        Assert.True(sending.IsCompleted);
        Assert.Equal((DeliveryOutcome.Failed, 480), ((await sending).Recipients.Single().Outcome, (await sending).Recipients.Single().StatusCode));
    });

    [Fact]
    public void What_the_MCU_refuses_fails_for_everybody() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice", "carol");
        _lab.Server.Answers["MESSAGE chat"] = _lab.Says(403);

        var delivery = await _lab.Messages.SendMessageAsync("Hello all");

        Assert.All(delivery.Recipients, recipient => Assert.Equal((DeliveryOutcome.Failed, 403), (recipient.Outcome, recipient.StatusCode)));
        Assert.Equal(2, delivery.Recipients.Count);
    });

    [Fact]
    public void What_others_write_and_that_they_type_is_theirs_by_Ms_Sender() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice", "carol");

        await _lab.Server.SendInDialogAsync("chat", "INFO", Texts.Typing(headers: "Ms-Sender: <sip:carol@contoso.com>\r\n"));
        await _lab.DelayAsync(0.1);
        Assert.Equal("sip:carol@contoso.com", Assert.Single(_lab.Messages.TypingParticipants).Uri);
        await _lab.Server.SendInDialogAsync("chat", "MESSAGE", Texts.Message("Hi", headers: "Ms-Sender: <sip:carol@contoso.com>\r\n"));
        await _lab.Server.SendInDialogAsync("chat", "MESSAGE", Texts.Message("Hello", headers: "Ms-Sender: \"A\" <sip:alice@contoso.com;opaque=user:epid:x;gruu>\r\n"));
        await _lab.DelayAsync(0.1);

        Assert.Equal(["Incoming carol: Hi", "Incoming alice: Hello"], _lab.Shown);
        Assert.Empty(_lab.Messages.TypingParticipants);
        Assert.Equal(2, _lab.Server.Log.Count(line => line == "bob: 200 MESSAGE chat"));
    });

    [Fact]
    public void Who_types_and_leaves_types_no_more() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice", "carol");
        await _lab.Server.SendInDialogAsync("chat", "INFO", Texts.Typing(headers: "Ms-Sender: <sip:carol@contoso.com>\r\n"));
        await _lab.DelayAsync(0.1);
        await NotifyAsync("partial", Texts.Gone("carol"));

        Assert.Empty(_lab.Messages.TypingParticipants);
    });

    [Fact]
    public void Bob_is_removed_from_the_chat_and_may_come_back() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(1);

        await _lab.Server.SendInDialogAsync("chat", "BYE");
        await _lab.DelayAsync(1);

        Assert.True(sending.IsCompleted, "no report will ever come");
        Assert.Equal(DeliveryOutcome.Unconfirmed, (await sending).Recipients.Single().Outcome);
        Assert.Equal("Connected → Disconnected (RemoteDisconnected)", _lab.Changes.Log[^1]);
        Assert.Equal(ConferenceSessionState.Connected, _lab.Conversation.ConferenceSession!.State);
        await _lab.Messages.ConnectAsync();
        Assert.Equal(2, _lab.Said("INVITE chat").Length);
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
    });

    [Fact]
    public void A_chat_that_is_found_gone_is_dialled_again_at_once_since_the_others_go_on_talking() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        _lab.Server.Answers["MESSAGE chat"] = _ => Task.FromResult<SipResponse?>(null);
        var sending = _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(31);
        Assert.Single(_lab.Said("INVITE chat"));
        await _lab.DelayAsync(2);

        Assert.Equal(DeliveryOutcome.Unconfirmed, (await sending).Recipients.Single().Outcome);
        Assert.Equal((2, 1), (_lab.Said("INVITE chat").Length, _lab.Said("BYE chat").Length));
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
        await _lab.Server.SendInDialogAsync("chat", "MESSAGE", Texts.Message("Are you there?", headers: "Ms-Sender: <sip:alice@contoso.com>\r\n"));
        await _lab.DelayAsync(0.1);
        Assert.Equal("Incoming alice: Are you there?", _lab.Shown[^1]);
    });

    [Fact]
    public void A_chat_that_is_found_gone_and_cannot_be_dialled_again_is_disconnected_for_all_to_see() => _lab.Run(async () =>
    {
        await JoinAsync();
        await ShowAsync("alice");
        _lab.Server.Answers["MESSAGE chat"] = _lab.Says(481);
        _lab.Server.Answers["INVITE chat"] = _lab.Says(503);

        var delivery = await _lab.Messages.SendMessageAsync("Hello all");
        await _lab.DelayAsync(1);

        Assert.Equal((DeliveryOutcome.Failed, 503), (delivery.Recipients.Single().Outcome, delivery.Recipients.Single().StatusCode));
        Assert.Equal("Connected → Disconnected (Refused)", _lab.Changes.Log[^1]);
        Assert.Equal(ConferenceSessionState.Connected, _lab.Conversation.ConferenceSession!.State);
    });

    [Fact]
    public void Bob_leaves_the_chat_and_stays_in_the_meeting() => _lab.Run(async () =>
    {
        await JoinAsync();
        var last = _lab.Messages.SendMessageAsync("I am off");
        await _lab.DelayAsync(1);
        await _lab.Messages.DisconnectAsync();

        Assert.True(last.IsCompleted, "no report will ever come");
        Assert.Single(_lab.Said("BYE chat"));
        Assert.Equal(ConferenceSessionState.Connected, _lab.Conversation.ConferenceSession!.State);
        var sending = _lab.Messages.SendMessageAsync("Back");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(2));
        var delivery = await sending;
        Assert.Empty(delivery.Recipients);
        Assert.False(delivery.IsDelivered, "nobody was there to have it");
        Assert.Equal(2, _lab.Said("INVITE chat").Length);
    });

    [Fact]
    public void The_end_of_the_conference_ends_the_chat_with_a_goodbye() => _lab.Run(async () =>
    {
        await JoinAsync();
        await _lab.Server.SendInDialogAsync("focus", "BYE");
        await _lab.DelayAsync(1);

        Assert.Equal(["Connected → Disconnecting (ConferenceEnded)", "Disconnecting → Disconnected (Disconnected)", "completed"], _lab.Changes.Log[^3..]);
        Assert.Single(_lab.Said("BYE chat"));
    });

    [Fact]
    public void The_end_of_the_conference_while_the_chat_is_dialled_calls_that_off() => _lab.Run(async () =>
    {
        await JoinAsync(messages: false);
        SipRequest? invite = null;
        _lab.Server.Answers["INVITE chat"] = request => _lab.Server.Reply(invite = request, 180);
        _lab.Server.Answers["CANCEL chat"] = async request =>
        {
            await _lab.Server.RespondAsync(invite!, 487);
            return await _lab.Server.Reply(request, 200);
        };
        var connecting = _lab.Messages.ConnectAsync();
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("focus", "BYE");

        await Assert.ThrowsAsync<ConferenceFailureException>(() => connecting);
        Assert.Contains("Connecting → Disconnecting (ConferenceEnded)", _lab.Changes.Log);
    });

    [Fact]
    public void An_MCU_that_refuses_fails_the_join_at_its_stage() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE chat"] = _lab.Says(403);

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => JoinAsync());

        Assert.Equal((ConferenceStage.InstantMessages, 403), (failure.Stage, failure.StatusCode));
        Assert.Single(_lab.Said("BYE focus"));
    });

    private async Task JoinAsync(IProgress<JoinProgress>? progress = null, bool messages = true)
    {
        _lab.Server.Answers["MESSAGE chat"] = request => _lab.Server.Reply(request, 202, $"Message-Id: {++_messageId}\r\n\r\n");
        var conversation = await _lab.Bob.ConversationManager.AddConversationAsync(ScriptedServer.FocusUri);
        _lab.Observe(conversation);
        await conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = messages }, progress);
    }

    private Task ShowAsync(params string[] names) => NotifyAsync("partial", [.. names.Select(name => Texts.User(name, sessions: "chat"))]);

    private async Task NotifyAsync(string state, params string[] users)
    {
        await _lab.Server.SendInDialogAsync("conference", "BENOTIFY", Texts.Notification() + Texts.RosterBody(++_version, "partial", state, users));
        await _lab.DelayAsync(0.05);
    }
}
