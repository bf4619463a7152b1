using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>
/// No answer, or no connection any more, at each point of a session between two. What is shown elsewhere: an INVITE without an answer, one that rings for ever, a lost connection while it
/// does (FirstMessageTests, DeliveryTests); a MESSAGE without an answer, a lost connection behind it (DeliveryTests); an acceptance without an ACK (ReceivingTests).
/// </summary>
public sealed class SilenceTests
{
    private readonly MessageLab _lab = new();

    [Fact]
    public void Typing_that_nobody_answers_hurts_nobody() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["INFO im"] = Nothing;
        var typing = _lab.Messages.SetComposingAsync(true);
        await _lab.DelayAsync(1);

        Assert.True((await _lab.Messages.SendMessageAsync("Hello")).IsDelivered);
        await _lab.DelayAsync(40);

        Assert.True(typing.IsCompleted);
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
        Assert.True((await _lab.Messages.SendMessageAsync("Hello again")).IsDelivered);
    });

    [Fact]
    public void A_subject_that_nobody_answers_is_the_subject_all_the_same() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["INFO im"] = Nothing;

        var setting = _lab.Conversation.SetSubjectAsync("Lunch");
        await _lab.DelayAsync(33);

        Assert.True(setting.IsCompleted);
        Assert.Equal("Lunch", _lab.Conversation.Subject);
        Assert.True((await _lab.Messages.SendMessageAsync("Hello")).IsDelivered);
    });

    [Fact]
    public void A_goodbye_that_nobody_answers_is_over_after_the_time_of_a_transaction() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["BYE im"] = Nothing;

        var leaving = _lab.Messages.DisconnectAsync();
        await _lab.DelayAsync(31.9);
        Assert.Equal((false, ModalityState.Disconnecting), (leaving.IsCompleted, _lab.Messages.State));
        await _lab.DelayAsync(0.2);

        Assert.True(leaving.IsCompleted);
        Assert.Equal(["Connected → Disconnecting (DisconnectRequested)", "Disconnecting → Disconnected (Disconnected)"], _lab.Changes.Log[^2..]);
    });

    [Fact]
    public void An_invitation_that_is_taken_back_and_never_answered_is_over_after_the_time_of_a_transaction() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(request, 180);
        _lab.Server.Answers["CANCEL im"] = Nothing;
        var sending = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(1);

        var leaving = _lab.Messages.DisconnectAsync();
        await _lab.DelayAsync(70);

        Assert.True(leaving.IsCompleted);
        Assert.Equal(DeliveryOutcome.Unconfirmed, (await sending).Recipients.Single().Outcome);
        Assert.Equal(ModalityState.Disconnected, _lab.Messages.State);
    });

    [Fact]
    public void The_connection_is_lost_before_the_ACK_of_what_bob_has_accepted() => _lab.Run(async () =>
    {
        FailureResponseException? failure = null;
        _lab.Bob.ConversationManager.ModalityInvitationHandler = async (modality, _) =>
        {
            _lab.Observe(modality.Conversation);
            failure = await Assert.ThrowsAsync<FailureResponseException>(() => modality.AcceptAsync());
        };
        await _lab.Server.InviteToMessagesAsync("bob", "c1", Texts.FirstMessage("SGVsbG8="));
        await _lab.DelayAsync(0.05);

        await _lab.Server.CloseFlowAsync("bob");
        await _lab.DelayAsync(1);

        Assert.Equal(503, failure!.StatusCode);
        Assert.Equal(["Notified → Connected (InvitationAccepted)", "Connected → Disconnected (ConnectionLost)"], _lab.Changes.Log);
        Assert.Equal(["Incoming alice: Hello"], _lab.Shown);
    });

    [Fact]
    public void The_connection_is_lost_while_bob_says_goodbye() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["BYE im"] = Nothing;
        var leaving = _lab.Messages.DisconnectAsync();
        await _lab.DelayAsync(1);

        await _lab.Server.CloseFlowAsync("bob");
        await _lab.DelayAsync(0.1);

        Assert.True(leaving.IsCompleted);
        Assert.Equal("Disconnecting → Disconnected (Disconnected)", _lab.Changes.Log[^1]);
    });

    [Fact]
    public void The_connection_is_lost_while_bob_types() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["INFO im"] = Nothing;
        var typing = _lab.Messages.SetComposingAsync(true);
        await _lab.DelayAsync(1);

        await _lab.Server.CloseFlowAsync("bob");
        await _lab.DelayAsync(0.1);

        Assert.True(typing.IsCompleted);
        Assert.False(_lab.Messages.IsComposing);
        Assert.Equal("Connected → Disconnected (ConnectionLost)", _lab.Changes.Log[^1]);
    });

    [Fact]
    public void The_connection_is_lost_while_a_single_message_waits_for_its_answer() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(488);
        _lab.Server.Answers["MESSAGE"] = Nothing;
        var sending = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(1);

        await _lab.Server.CloseFlowAsync("bob");

        Assert.Equal(DeliveryOutcome.Unconfirmed, (await sending).Recipients.Single().Outcome);
    });

    private static Task<SipResponse?> Nothing(SipRequest request) => Task.FromResult<SipResponse?>(null);
}
