using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Bob in a conference whose IM MCU, or whose people, say what does not fit.</summary>
public sealed class UnrulyConferenceTests
{
    private readonly MessageLab _lab = new();
    private int _version = 1;

    [Fact]
    public void A_chat_that_is_dialled_again_counts_its_messages_anew_and_each_has_a_result_of_its_own() => _lab.Run(async () =>
    {
        await JoinAsync();
        _lab.Server.Answers["MESSAGE chat"] = request => request.BodyText == "2" && _lab.Said("INVITE chat").Length == 1
            ? _lab.Server.Reply(request, 481)
            : _lab.Server.Reply(request, 202, "Message-Id: 1\r\n\r\n");
        var first = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(1);
        var second = _lab.Messages.SendMessageAsync("2");
        await _lab.DelayAsync(1);
        Assert.True(first.IsCompleted, "its session is gone, and with it every hope for a report");
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));
        await _lab.DelayAsync(1);

        Assert.Equal("Unconfirmed (202), then Delivered", $"{await first}, then {await second}");
        Assert.Equal(2, _lab.Deliveries.Items.Count);
    });

    [Fact]
    public void An_answer_of_a_chat_that_was_found_gone_meanwhile_waits_for_no_report() => _lab.Run(async () =>
    {
        await JoinAsync();
        SipRequest? message = null;
        _lab.Server.Answers["MESSAGE chat"] = request =>
        {
            message ??= request;
            return request == message ? Task.FromResult<SipResponse?>(null) : _lab.Server.Reply(request, _lab.Said("INVITE chat").Length == 1 ? 481 : 202, "Message-Id: 1\r\n\r\n");
        };
        var first = _lab.Messages.SendMessageAsync("1");
        var second = _lab.Messages.SendMessageAsync("2");
        await _lab.DelayAsync(1);
        await _lab.Server.RespondAsync(message!, 202, "Message-Id: 1\r\n\r\n");
        await _lab.DelayAsync(1);

        Assert.Equal("Unconfirmed (202)", $"{await first}");
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));
        Assert.Equal("Delivered", $"{await second}");
    });

    [Fact]
    public void Of_two_messages_with_one_id_the_first_is_unconfirmed() => _lab.Run(async () =>
    {
        await JoinAsync();
        _lab.Server.Answers["MESSAGE chat"] = request => _lab.Server.Reply(request, 202, "Message-Id: 1\r\n\r\n");
        var first = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(1);
        var second = _lab.Messages.SendMessageAsync("2");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));
        await _lab.DelayAsync(1);

        Assert.Equal("Unconfirmed (202), then Delivered", $"{await first}, then {await second}");
    });

    [Fact]
    public void A_report_that_comes_twice_is_nobodys_the_second_time() => _lab.Run(async () =>
    {
        await JoinAsync();
        _lab.Server.Answers["MESSAGE chat"] = request => request.BodyText == "2" && _lab.Said("INVITE chat").Length == 1
            ? _lab.Server.Reply(request, 481)
            : _lab.Server.Reply(request, 202, "Message-Id: 1\r\n\r\n");
        var first = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));
        await _lab.DelayAsync(1);
        Assert.Equal("Delivered", $"{await first}");

        var second = _lab.Messages.SendMessageAsync("2");
        await _lab.DelayAsync(1);
        Assert.False(second.IsCompleted);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1, "alice 480"));
        Assert.Equal("Failed (480)", $"{await second}");
    });

    [Fact]
    public void An_early_report_is_of_one_message_only() => _lab.Run(async () =>
    {
        await JoinAsync();
        var isFirst = true;
        _lab.Server.Answers["MESSAGE chat"] = async request =>
        {
            if (isFirst)
            {
                isFirst = false;
                await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(7));
            }

            return await _lab.Server.Reply(request, 202, "Message-Id: 7\r\n\r\n");
        };
        Assert.True((await _lab.Messages.SendMessageAsync("1")).IsDelivered);

        var second = _lab.Messages.SendMessageAsync("2");
        await _lab.DelayAsync(1);

        Assert.False(second.IsCompleted);
    });

    [Fact]
    public void Neither_whom_the_roster_does_not_show_nor_bob_at_another_endpoint_is_one_of_the_others_who_type() => _lab.Run(async () =>
    {
        await JoinAsync();
        foreach (var name in new[] { "carol", "carol", "bob" })
        {
            await _lab.Server.SendInDialogAsync("chat", "INFO", Texts.Typing(headers: $"Ms-Sender: <sip:{name}@contoso.com>\r\n"));
            await _lab.DelayAsync(0.1);
            Assert.Empty(_lab.Messages.TypingParticipants);
        }

        await ShowAsync("carol");
        await _lab.Server.SendInDialogAsync("chat", "INFO", Texts.Typing(headers: "Ms-Sender: <sip:carol@contoso.com>\r\n"));
        await _lab.DelayAsync(0.1);
        Assert.Equal("sip:carol@contoso.com", Assert.Single(_lab.Messages.TypingParticipants).Uri);
    });

    [Fact]
    public void What_people_of_a_conference_call_it_is_not_its_subject() => _lab.Run(async () =>
    {
        await JoinAsync();
        await _lab.Server.SendInDialogAsync("chat", "INFO", "Ms-Sender: <sip:alice@contoso.com>\r\n" + Texts.Subject("Mine"));
        await _lab.DelayAsync(0.1);

        Assert.Equal(("Standup", ""), (_lab.Conversation.Subject, _lab.Conversation.Properties.Subject));
    });

    private async Task JoinAsync()
    {
        var conversation = await _lab.Bob.ConversationManager.AddConversationAsync(ScriptedServer.FocusUri);
        _lab.Observe(conversation);
        await conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true });
        await ShowAsync("alice");
    }

    private async Task ShowAsync(string name)
    {
        await _lab.Server.SendInDialogAsync("conference", "BENOTIFY", Texts.Notification() + Texts.RosterBody(++_version, "partial", "partial", Texts.User(name, sessions: "chat")));
        await _lab.DelayAsync(0.05);
    }
}
