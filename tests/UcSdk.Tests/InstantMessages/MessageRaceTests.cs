using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Both sides invite at the same moment.</summary>
public sealed class MessageRaceTests
{
    private readonly MessageLab _lab = new();

    [Fact]
    public void Where_both_invite_at_once_one_session_stays_and_nothing_is_shown_twice() => _lab.Run(async () =>
    {
        var (invite, sending) = await CrossAsync(headers: "Ms-Conversation-ID: alices\r\n" + Texts.FirstMessage("ZnJvbSBhbGljZQ=="));
        await _lab.Server.RespondAsync(invite, 200, Texts.MessagesAccepted("Supported: ms-text-format\r\n"));
        Assert.True((await sending).IsDelivered);
        await _lab.DelayAsync(1);

        // Alice's address is the lower one: her session is kept.
        Assert.Equal(invite.CallId, _lab.Said("BYE im").Single().CallId);
        Assert.Equal(["Outgoing bob: from bob", "Incoming alice: from alice"], _lab.Shown);
        Assert.True((await _lab.Messages.SendMessageAsync("Hi")).IsDelivered);
        Assert.Equal("c1", _lab.Said("MESSAGE im").Single().CallId);
        Assert.Single(_lab.Bob.ConversationManager.Conversations);
        Assert.Equal(["Disconnected → Connecting (ConnectRequested)", "Connecting → Connected (InvitationAccepted)"], _lab.Changes.Log);
    });

    [Fact]
    public void Where_the_lower_address_is_bobs_own_his_session_is_kept() => _lab.Run(async () =>
    {
        var (invite, sending) = await CrossAsync("zoe");
        await _lab.Server.RespondAsync(invite, 200, Texts.MessagesAccepted());

        Assert.True((await sending).IsDelivered);
        await _lab.DelayAsync(1);

        Assert.Equal("c1", _lab.Said("BYE im").Single().CallId);
        Assert.Equal(invite.CallId, _lab.Said("MESSAGE im").Single().CallId);
    });

    [Theory]
    [InlineData("alice", false)]
    [InlineData("zoe", true)]
    public void Where_the_peers_invitation_crossed_bobs_and_comes_after_the_answer_the_session_of_the_lower_address_is_kept(string peer, bool isBobs) => _lab.Run(async () =>
    {
        await _lab.BeginAsync($"sip:{peer}@contoso.com");
        Assert.True((await _lab.Messages.SendMessageAsync("from bob")).IsDelivered);
        await _lab.Server.InviteToMessagesAsync("bob", "c1", Texts.FirstMessage("ZnJvbSBwZWVy"), peer);
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        await _lab.DelayAsync(1);

        // The other side's client decides alike; otherwise each would end the one that the other keeps.
        Assert.Equal(isBobs ? "c1" : _lab.Said("INVITE im").Single().CallId, _lab.Said("BYE im").Single().CallId);
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
        Assert.Equal(["Outgoing bob: from bob", $"Incoming {peer}: from peer"], _lab.Shown);
    });

    [Fact]
    public void A_peer_that_invites_long_after_bobs_session_was_made_has_lost_it() => _lab.Run(async () =>
    {
        await _lab.BeginAsync("sip:zoe@contoso.com");
        await _lab.Messages.SendMessageAsync("from bob");
        await _lab.DelayAsync(33);
        await _lab.Server.InviteToMessagesAsync("bob", "c1", "", "zoe");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        await _lab.DelayAsync(1);

        Assert.Equal(_lab.Said("INVITE im").Single().CallId, _lab.Said("BYE im").Single().CallId);
    });

    [Fact]
    public void Where_the_peer_refuses_bobs_invitation_and_sends_its_own_the_message_goes_by_that() => _lab.Run(async () =>
    {
        var (invite, sending) = await CrossAsync();
        await _lab.Server.RespondAsync(invite, 486);

        Assert.True((await sending).IsDelivered);

        Assert.Equal("c1", _lab.Said("MESSAGE im").Single().CallId);
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
    });

    [Fact]
    public void Where_a_proxy_has_lost_the_peer_behind_bobs_invitation_its_message_is_not_sent_again() => _lab.Run(async () =>
    {
        var (invite, sending) = await CrossAsync();
        await _lab.Server.RespondAsync(invite, 500);

        Assert.Equal((DeliveryOutcome.Unconfirmed, 500), ((await sending).Recipients.Single().Outcome, (await sending).Recipients.Single().StatusCode));
        Assert.Empty(_lab.Said("MESSAGE im"));
    });

    [Fact]
    public void Who_invites_while_bob_is_leaving_gets_480() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        SipRequest? bye = null;
        _lab.Server.Answers["BYE im"] = request =>
        {
            bye = request;
            return Task.FromResult<SipResponse?>(null);
        };
        var leaving = _lab.Messages.DisconnectAsync();
        await _lab.DelayAsync(0.05);
        await _lab.Server.InviteToMessagesAsync("bob", "c2", "Ms-Conversation-ID: conv-1\r\n");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c2", "ACK");
        await _lab.Server.RespondAsync(bye!, 200);
        await leaving;

        Assert.Contains("bob: 480 INVITE im", _lab.Server.Log);
        Assert.Equal(ModalityState.Disconnected, _lab.Messages.State);
    });

    [Fact]
    public void A_session_that_bob_gives_up_when_its_answer_comes_is_ended_and_its_message_unconfirmed() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        SipRequest? invite = null;
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(invite = request, 180);
        _lab.Server.Answers["CANCEL im"] = async request =>
        {
            await _lab.Server.RespondAsync(invite!, 200, Texts.MessagesAccepted());
            return await _lab.Server.Reply(request, 200);
        };
        var sending = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(1);

        await _lab.Messages.DisconnectAsync();

        Assert.Equal(DeliveryOutcome.Unconfirmed, (await sending).Recipients.Single().Outcome);
        Assert.Single(_lab.Said("BYE im"));
    });

    [Theory]
    [InlineData(487, DeliveryOutcome.Failed)]
    [InlineData(500, DeliveryOutcome.Unconfirmed)]
    public void A_session_that_bob_gives_up_when_its_refusal_comes_has_a_message_of_which_the_refusal_says_what_became_of_it(int status, DeliveryOutcome outcome) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        SipRequest? invite = null;
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(invite = request, 180);
        _lab.Server.Answers["CANCEL im"] = async request =>
        {
            await _lab.Server.RespondAsync(invite!, status);
            return await _lab.Server.Reply(request, 200);
        };
        var sending = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(1);

        await _lab.Messages.DisconnectAsync();

        Assert.Equal(outcome, (await sending).Recipients.Single().Outcome);
    });

    // Bob's INVITE rings, and the peer's has been accepted and acknowledged.
    private async Task<(SipRequest Invite, Task<MessageDelivery> Sending)> CrossAsync(string peer = "alice", string headers = "")
    {
        await _lab.BeginAsync($"sip:{peer}@contoso.com");
        SipRequest? invite = null;
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(invite = request, 180);
        var sending = _lab.Messages.SendMessageAsync("from bob");
        await _lab.DelayAsync(0.05);
        await _lab.Server.InviteToMessagesAsync("bob", "c1", headers, peer);
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        return (invite!, sending);
    }
}
