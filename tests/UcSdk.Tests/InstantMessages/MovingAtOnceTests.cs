using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Bob and alice make their conversation a conference at the same time; alice is played by the scripted server.</summary>
public sealed class MovingAtOnceTests
{
    private readonly MessageLab _lab = new();

    [Fact]
    public void Where_both_make_a_conference_bob_gives_his_up_and_follows_alice_whose_address_is_lower() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        SipRequest? making = null;
        _lab.Server.Answers["SERVICE addConference"] = request =>
        {
            making = request;
            return Task.FromResult<SipResponse?>(null);
        };
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(0.05);
        await _lab.Server.InviteAsync("bob", "1", Texts.Invitation(audio: false));
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("1", "ACK");
        await _lab.DelayAsync(1);
        await ShowAliceAsync();

        await adding;

        Assert.NotNull(making);
        Assert.Single(_lab.Said("INVITE focus"));
        Assert.Equal("sip:carol@contoso.com", _lab.Said("INVITE conf-invite").Single().UriText);
        Assert.Equal(ConferenceEscalationProgress.Completed, _lab.Conversation.Properties.ConferenceEscalationProgress);
        Assert.Single(_lab.Bob.ConversationManager.Conversations);
    });

    [Fact]
    public void Bob_whose_invitation_meets_alices_conference_in_the_making_gives_his_up_and_waits_for_hers() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["INVITE conf-invite"] = request => _lab.Server.Reply(request, request.UriText.Contains("alice", StringComparison.Ordinal) ? 491 : 200);
        _lab.Server.Answers["INFO deleteConference"] = _lab.Says(500);
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(5);
        Assert.False(adding.IsCompleted);
        Assert.Null(_lab.Conversation.ConferenceSession);
        await _lab.Server.InviteAsync("bob", "1", Texts.Invitation(audio: false));
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("1", "ACK");
        await _lab.DelayAsync(1);
        await ShowAliceAsync();

        await adding;

        Assert.Equal(["sip:alice@contoso.com", "sip:carol@contoso.com"], _lab.Said("INVITE conf-invite").Select(invite => invite.UriText));
        Assert.Equal(ConferenceEscalationProgress.Completed, _lab.Conversation.Properties.ConferenceEscalationProgress);
        Assert.Single(_lab.Bob.ConversationManager.Conversations);
    });

    [Theory]
    [InlineData("nothing", 30)]
    [InlineData("bob gives up", 5)]
    [InlineData("the conversation ends", 5)]
    public void Whose_conference_in_the_making_is_never_heard_of_again_is_not_waited_for_for_ever(string end, double seconds) => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["INVITE conf-invite"] = _lab.Says(491);
        _lab.Server.Answers["INFO deleteConference"] = _lab.Says(500);
        using var patience = new CancellationTokenSource();
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com", patience.Token);
        await _lab.DelayAsync(5);
        Assert.False(adding.IsCompleted);
        if (end == "bob gives up")
        {
            patience.Cancel();
        }
        else if (end == "the conversation ends")
        {
            await _lab.Conversation.EndAsync();
        }

        await _lab.DelayAsync(seconds - 4.5);

        Assert.True(adding.IsCompleted);
        var failure = await Record.ExceptionAsync(() => adding);
        Assert.True(end == "bob gives up" ? failure is OperationCanceledException : failure is FailureResponseException { StatusCode: 491 }, $"{failure}");
    });

    private async Task ShowAliceAsync()
    {
        await _lab.Server.SendInDialogAsync("conference", "BENOTIFY", Texts.Notification() + Texts.RosterBody(2, "partial", "partial", Texts.User("alice", sessions: "chat")));
        await _lab.DelayAsync(0.05);
    }
}
