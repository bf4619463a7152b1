using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Nothing overtakes: several messages are on their way, and the session goes away under some of them.</summary>
public sealed class MessageOrderTests
{
    private readonly MessageLab _lab = new();
    private readonly Dictionary<string, SipRequest> _held = [];

    [Fact]
    public void A_message_behind_which_another_was_delivered_is_not_sent_again() => _lab.Run(async () =>
    {
        await MeetAsync(held: "1");
        var first = _lab.Messages.SendMessageAsync("1");
        Assert.True((await _lab.Messages.SendMessageAsync("2")).IsDelivered);
        await _lab.Server.RespondAsync(_held["1"], 481);

        Assert.Equal("Failed (481)", $"{await first}");
        await _lab.DelayAsync(1);
        Assert.Equal(["1", "2"], Said());
    });

    [Fact]
    public void A_message_that_came_back_waits_for_those_that_are_still_on_their_way() => _lab.Run(async () =>
    {
        await MeetAsync(held: "2");
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(request, 200, Texts.MessagesAccepted("Supported: ms-text-format\r\n"));
        var sending = new[] { "1", "2" }.Select(text => _lab.Messages.SendMessageAsync(text)).ToArray();
        await _lab.DelayAsync(1);
        var later = _lab.Messages.SendMessageAsync("3");
        await _lab.DelayAsync(1);
        Assert.Null(_lab.Said("INVITE im").Single().Headers[HeaderName.Of("ms-text-format")]);
        Assert.Equal(["1", "2"], Said());

        await _lab.Server.RespondAsync(_held["2"], 481);
        Assert.All(await Task.WhenAll([.. sending, later]), delivery => Assert.True(delivery.IsDelivered));
        Assert.Equal(["1", "2", "1", "2", "3"], Said());
    });

    [Fact]
    public void Messages_that_a_conference_has_accepted_keep_no_others_waiting() => _lab.Run(async () =>
    {
        var number = 0;
        _lab.Server.Answers["MESSAGE chat"] = request => _lab.Server.Reply(request, 202, $"Message-Id: {++number}\r\n\r\n");
        var conversation = await _lab.Bob.ConversationManager.AddConversationAsync(ScriptedServer.FocusUri);
        _lab.Observe(conversation);
        await conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true });
        for (var text = 1; text <= 20; text++)
        {
            _ = _lab.Messages.SendMessageAsync($"{text}");
        }

        await _lab.DelayAsync(1);

        Assert.Equal(20, _lab.Said("MESSAGE chat").Length);
    });

    // Alice's session answers 481, except that it says nothing to what is held and takes what comes behind that; any other takes everything.
    private async Task MeetAsync(string held)
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = request =>
        {
            var text = request.BodyText;
            if (request.CallId == "c1" && text == held)
            {
                _held[text] = request;
                return Task.FromResult<SipResponse?>(null);
            }

            return _lab.Server.Reply(request, request.CallId == "c1" && !_held.ContainsKey(held) ? 481 : 200);
        };
    }

    private string[] Said() => [.. _lab.Said("MESSAGE im").Select(message => message.BodyText)];
}
