using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>What answers to MESSAGE mean, and what becomes of messages when a session goes away under them.</summary>
public sealed class DeliveryTests
{
    private readonly MessageLab _lab = new();

    [Theory]
    [InlineData(415, DeliveryOutcome.Failed)]
    [InlineData(486, DeliveryOutcome.Failed)]
    [InlineData(500, DeliveryOutcome.Unconfirmed)]
    [InlineData(503, DeliveryOutcome.Failed)]
    [InlineData(603, DeliveryOutcome.Failed)]
    [InlineData(606, DeliveryOutcome.Failed)]
    [InlineData(400, DeliveryOutcome.Failed)]
    [InlineData(504, DeliveryOutcome.Unconfirmed)]
    [InlineData(202, DeliveryOutcome.Unconfirmed)]
    public void A_refused_message_has_the_status_and_the_session_stays(int status, DeliveryOutcome outcome) => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = _lab.Says(status);
        var delivery = await _lab.Messages.SendMessageAsync("Hello");

        Assert.Equal((outcome, status), (delivery.Recipients.Single().Outcome, delivery.Recipients.Single().StatusCode));
        Assert.False(delivery.IsDelivered);
        _lab.Server.Answers.Remove("MESSAGE im");
        Assert.True((await _lab.Messages.SendMessageAsync("Again")).IsDelivered);
        Assert.Empty(_lab.Said("BYE im"));
        Assert.Equal(["Hello", "Again"], _lab.Said("MESSAGE im").Select(message => message.BodyText));
    });

    [Theory]
    [InlineData(480)]
    [InlineData(481)]
    public void A_session_that_is_gone_is_made_anew_and_the_message_sent_again_and_nobody_notices(int status) => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = request => _lab.Server.Reply(request, request.CallId == "c1" ? status : 200);

        var deliveries = await Task.WhenAll(_lab.Messages.SendMessageAsync("1"), _lab.Messages.SendMessageAsync("2"), _lab.Messages.SendMessageAsync("3"));

        Assert.All(deliveries, delivery => Assert.True(delivery.IsDelivered));
        Assert.Equal("c1", _lab.Said("BYE im").Single().CallId);
        Assert.Equal(["1", "2", "3"], _lab.Said("MESSAGE im").Where(message => message.CallId != "c1").Select(message => message.BodyText));
        Assert.Equal("conv-1", _lab.Said("INVITE im").Single().Headers[HeaderName.MsConversationId]);
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
        Assert.Equal(["Outgoing bob: 1", "Outgoing bob: 2", "Outgoing bob: 3"], _lab.Shown);
    });

    [Fact]
    public void A_408_leaves_the_message_unconfirmed_and_the_next_goes_by_another_session() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = request => _lab.Server.Reply(request, request.CallId == "c1" ? 408 : 200);

        Assert.Equal(DeliveryOutcome.Unconfirmed, (await _lab.Messages.SendMessageAsync("1")).Recipients.Single().Outcome);
        Assert.True((await _lab.Messages.SendMessageAsync("2")).IsDelivered);

        Assert.Equal(["1", "2"], _lab.Said("MESSAGE im").Select(message => message.BodyText));
        Assert.Single(_lab.Said("BYE im"));
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
    });

    [Fact]
    public void A_message_that_nobody_answers_is_unconfirmed_after_the_time_of_a_transaction() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = _ => Task.FromResult<SipResponse?>(null);
        var sending = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(31.9);
        Assert.False(sending.IsCompleted);
        await _lab.DelayAsync(0.2);

        Assert.Equal((DeliveryOutcome.Unconfirmed, 408), ((await sending).Recipients.Single().Outcome, (await sending).Recipients.Single().StatusCode));
    });

    [Fact]
    public void A_peer_that_is_gone_for_good_fails_the_message_after_one_more_invitation() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = _lab.Says(481);
        _lab.Server.Answers["INVITE im"] = _lab.Says(480);

        var delivery = await _lab.Messages.SendMessageAsync("1");

        Assert.Equal((DeliveryOutcome.Failed, 480), (delivery.Recipients.Single().Outcome, delivery.Recipients.Single().StatusCode));
        Assert.Equal("Connected → Disconnected (Refused)", _lab.Changes.Log[^1]);
    });

    [Fact]
    public void A_peer_that_takes_every_session_and_knows_none_does_not_keep_bob_inviting_for_ever() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["MESSAGE im"] = _lab.Says(481);

        var delivery = await _lab.Messages.SendMessageAsync("1");

        Assert.Equal((DeliveryOutcome.Failed, 481), (delivery.Recipients.Single().Outcome, delivery.Recipients.Single().StatusCode));
        Assert.Equal(2, _lab.Said("INVITE im").Length);
    });

    [Fact]
    public void A_goodbye_that_crosses_a_message_makes_a_new_session_for_it() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = request => _lab.Server.Reply(request, request.CallId == "c1" ? 481 : 200);
        var sending = _lab.Messages.SendMessageAsync("Wait");
        await _lab.Server.SendInDialogAsync("im", "BYE");

        Assert.True((await sending).IsDelivered);

        Assert.Equal(["c1", _lab.Said("INVITE im").Single().CallId], _lab.Said("MESSAGE im").Select(message => message.CallId));
        Assert.Equal(["Outgoing bob: Wait"], _lab.Shown);
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
    });

    [Fact]
    public void A_session_that_rests_for_ten_minutes_is_ended_and_made_anew_by_the_next_message() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        await _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(599);
        Assert.Empty(_lab.Said("BYE im"));
        await _lab.Messages.SendMessageAsync("2");
        await _lab.DelayAsync(599.9);
        Assert.Empty(_lab.Said("BYE im"));
        await _lab.DelayAsync(1);

        Assert.Single(_lab.Said("BYE im"));
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
        Assert.True((await _lab.Messages.SendMessageAsync("3")).IsDelivered);
        Assert.Equal(2, _lab.Said("INVITE im").Select(invite => invite.Headers[HeaderName.MsConversationId]).Count(id => id == _lab.Conversation.Id));
        Assert.Equal(["Disconnected → Connecting (ConnectRequested)", "Connecting → Connected (Answered)"], _lab.Changes.Log);
    });

    [Fact]
    public void A_session_that_rested_and_cannot_be_made_anew_disconnects() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        await _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(601);
        _lab.Server.Answers["INVITE im"] = _ => Task.FromResult<SipResponse?>(null);

        Assert.Equal(DeliveryOutcome.Unconfirmed, (await _lab.Messages.SendMessageAsync("2")).Recipients.Single().Outcome);

        Assert.Equal("Connected → Disconnected (TimedOut)", _lab.Changes.Log[^1]);
    });

    [Fact]
    public void The_end_of_the_connection_leaves_what_was_on_its_way_unconfirmed_and_the_conversation_goes_on_after_the_next_sign_in() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = _ => Task.FromResult<SipResponse?>(null);
        var sending = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(1);

        await _lab.Server.CloseFlowAsync("bob");
        var delivery = await sending;
        Assert.Equal((DeliveryOutcome.Unconfirmed, 503), (delivery.Recipients.Single().Outcome, delivery.Recipients.Single().StatusCode));
        Assert.Equal("Connected → Disconnected (ConnectionLost)", _lab.Changes.Log[^1]);
        await Assert.ThrowsAsync<InvalidStateException>(() => _lab.Messages.SendMessageAsync("too early"));
        await _lab.Bob.WaitForStateAsync(ClientState.SignedIn);

        _lab.Server.Answers.Remove("MESSAGE im");
        Assert.True((await _lab.Messages.SendMessageAsync("2")).IsDelivered);

        Assert.Same(_lab.Conversation, Assert.Single(_lab.Bob.ConversationManager.Conversations));
        Assert.Equal("conv-1", _lab.Said("INVITE im").Single().Headers[HeaderName.MsConversationId]);
    });

    [Fact]
    public void The_end_of_the_connection_while_bob_invites_leaves_the_first_message_unconfirmed() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(request, 180);
        var first = _lab.Messages.SendMessageAsync("1");
        var second = _lab.Messages.SendMessageAsync("2");
        await _lab.DelayAsync(1);
        await _lab.Server.CloseFlowAsync("bob");

        Assert.Equal(DeliveryOutcome.Unconfirmed, (await first).Recipients.Single().Outcome);
        Assert.Equal(DeliveryOutcome.Failed, (await second).Recipients.Single().Outcome);
        Assert.Equal("Connecting → Disconnected (ConnectionLost)", _lab.Changes.Log[^1]);
    });

    [Fact]
    public void Signing_out_says_goodbye_and_settles_everything() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        SipRequest? message = null;
        _lab.Server.Answers["MESSAGE im"] = request =>
        {
            message ??= request;
            return Task.FromResult<SipResponse?>(null);
        };
        var sending = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(1);
        var signingOut = _lab.Bob.SignOutAsync();
        await _lab.DelayAsync(1);
        await signingOut;

        Assert.Single(_lab.Said("BYE im"));
        Assert.Equal(DeliveryOutcome.Unconfirmed, (await sending).Recipients.Single().Outcome);
        Assert.Equal(["Connected → Disconnecting (DisconnectRequested)", "Disconnecting → Disconnected (Disconnected)", "completed"], _lab.Changes.Log[^3..]);
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
    });
}
