using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Bob is signed in elsewhere too, and whoever invites him invites all his endpoints.</summary>
public sealed class SeveralEndpointsTests
{
    private readonly MessageLab _lab = new();

    // The first value is that of a trace of a Lync server, but for the domain; the others are what is said elsewhere, and what says nothing.
    [Theory]
    [InlineData("SIP;cause=200;text=\"Call completed elsewhere\";ms-acceptedby=\"sip:bob@contoso.com\"", ModalityStateChangeReason.AnsweredElsewhere, "sip:bob@contoso.com")]
    [InlineData("SIP;cause=200;text=\"Call completed elsewhere\"", ModalityStateChangeReason.AnsweredElsewhere, null)]
    [InlineData("Q.850;cause=26, sip ; cause=200 ; ms-acceptedby=\"<sip:Carol@CONTOSO.com;gruu>\"", ModalityStateChangeReason.AnsweredElsewhere, "sip:Carol@contoso.com")]
    [InlineData("SIP;cause=200;ms-acceptedby=\"nobody\"", ModalityStateChangeReason.AnsweredElsewhere, null)]
    [InlineData("SIP;cause=603;text=\"Decline\"", ModalityStateChangeReason.InvitationWithdrawn, null)]
    [InlineData("Q.850;cause=200", ModalityStateChangeReason.InvitationWithdrawn, null)]
    [InlineData("", ModalityStateChangeReason.InvitationWithdrawn, null)]
    public void A_CANCEL_says_whether_somebody_else_has_answered(string reason, ModalityStateChangeReason change, string? by) => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = async (modality, withdrawn) =>
        {
            _lab.Observe(modality.Conversation);
            var end = new TaskCompletionSource();
            using var registration = withdrawn.Register(end.SetResult);
            await end.Task;
        };
        await _lab.Server.InviteToMessagesAsync("bob", "c1", Texts.FirstMessage("SGVsbG8="));
        await _lab.DelayAsync(1);

        await _lab.Server.FollowInviteAsync("c1", "CANCEL", reason.Length == 0 ? "" : $"Reason: {reason}\r\n");
        await _lab.DelayAsync(1);
        await _lab.Server.FollowInviteAsync("c1", "ACK");

        Assert.Contains("bob: 487 INVITE im", _lab.Server.Log);
        Assert.Equal((ModalityState.Disconnected, change, by), (_lab.Changes.Items[^1].Current, _lab.Changes.Items[^1].Reason, _lab.Changes.Items[^1].AcceptedBy));
        Assert.Empty(_lab.Shown);
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
        Assert.Equal(
            change == ModalityStateChangeReason.AnsweredElsewhere ? ConversationAcceptanceState.Accepted : ConversationAcceptanceState.Missed,
            _lab.Conversation.Properties.AcceptanceState);
    });

    [Theory]
    [InlineData("", null)]
    [InlineData(";ms-acceptedby=\"sip:bob@contoso.com\"", "sip:bob@contoso.com")]
    public void Where_two_have_accepted_at_once_the_one_that_came_second_is_told_so_by_the_BYE(string parameter, string? by) => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.Server.SendInDialogAsync("im", "BYE", $"Reason: SIP;cause=200;text=\"Call completed elsewhere\"{parameter}\r\n\r\n");
        await _lab.DelayAsync(1);

        Assert.Equal("Connected → Disconnected (AnsweredElsewhere)", _lab.Changes.Log[^1]);
        Assert.Equal(by, _lab.Changes.Items[^1].AcceptedBy);
    });

    [Fact]
    public void A_second_2xx_to_bobs_invitation_is_acknowledged_and_ended_with_the_reason() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        SipRequest? invite = null;
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(invite = request, 200, Texts.MessagesAccepted("Supported: ms-text-format\r\n"));
        Assert.True((await _lab.Messages.SendMessageAsync("Hello")).IsDelivered);

        await _lab.Server.RespondAsync(invite!, 200, Texts.MessagesAccepted());
        await _lab.DelayAsync(1);

        Assert.Equal(2, _lab.Said("ACK im").Length);
        Assert.Equal("SIP;cause=200;text=\"Call completed elsewhere\"", _lab.Said("BYE im").Single().Headers[HeaderName.Reason]);
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
    });

    [Fact]
    public void Where_bob_knows_of_no_other_endpoint_his_turn_is_now() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = async (modality, token) =>
        {
            _lab.Observe(modality.Conversation);
            await ((InstantMessageModality)modality).AcceptInTurnAsync(token);
            await Assert.ThrowsAsync<InvalidStateException>(() => ((InstantMessageModality)modality).AcceptInTurnAsync());
        };
        await _lab.Server.InviteToMessagesAsync("bob", "c1", Texts.FirstMessage("SGVsbG8="));
        await _lab.DelayAsync(0.1);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        await _lab.DelayAsync(0.1);

        Assert.Equal(["Incoming alice: Hello"], _lab.Shown);
    });

    [Fact]
    public void What_the_server_says_of_an_invitation_on_its_way_is_told_and_decides_nothing() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        var progress = new Recorder<InvitationProgress>();
        _lab.Messages.InvitationProgress.Subscribe(progress);
        SipRequest? invite = null;
        _lab.Server.Answers["INVITE im"] = request =>
        {
            invite = request;
            return Task.FromResult<SipResponse?>(null);
        };
        var sending = _lab.Messages.SendMessageAsync("Hello");
        await _lab.DelayAsync(0.1);
        await _lab.Server.RespondAsync(invite!, 100);
        await _lab.Server.RespondAsync(invite!, 101, "ms-diagnostics: 25008;reason=\"Attempting to route to Primary Pool\";source=\"fe.contoso.com\"\r\n\r\n");
        await _lab.Server.RespondAsync(invite!, 180);
        await _lab.Server.RespondAsync(invite!, 183);

        // Longer than any transaction without a provisional answer would last.
        await _lab.DelayAsync(60);
        Assert.Equal((ModalityState.Connecting, false), (_lab.Messages.State, sending.IsCompleted));
        Assert.Equal([101, 180, 183], progress.Items.Select(item => item.StatusCode));
        Assert.Equal((25008, "Attempting to route to Primary Pool"), (progress.Items[0].Diagnostics!.ErrorId, progress.Items[0].Diagnostics!.Reason));
        Assert.Equal(["101 (25008)", "180", "183"], progress.Items.Select(item => item.ToString()));
        await _lab.Server.RespondAsync(invite!, 200, Texts.MessagesAccepted());
        Assert.True((await sending).IsDelivered);
    });
}
