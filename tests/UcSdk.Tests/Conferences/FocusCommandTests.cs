namespace UcSdk.Tests;

public sealed class FocusCommandTests
{
    private const string Deleted = "<deleteConference><conference-info entity=\"" + ScriptedServer.FocusUri + "\"/></deleteConference>";
    private readonly Lab _lab = new();

    [Fact]
    public void An_outcome_in_the_answer_is_taken() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INFO deleteConference"] = request => _lab.Server.Reply(request, 200, Texts.C3pResponse(request, "success", Deleted));
        var (_, conversation) = await _lab.JoinAsync("alice");

        await conversation.ConferenceSession!.EndMeetingAsync();

        Assert.Contains("alice: INFO deleteConference", _lab.Server.Log);
    });

    [Fact]
    public void A_presenter_ejects_a_participant() => _lab.Run(async () =>
    {
        const string Removed = "<deleteUser><userKeys confEntity=\"" + ScriptedServer.FocusUri + "\" userEntity=\"sip:alice@contoso.com\"/></deleteUser>";
        _lab.Server.Answers["INFO deleteUser"] = request => _lab.Server.Reply(request, 200, Texts.C3pResponse(request, "success", Removed));
        var (_, conversation) = await _lab.JoinAsync("alice");

        await conversation.ConferenceSession!.EjectAsync(conversation.SelfParticipant);

        var command = System.Text.Encoding.UTF8.GetString(_lab.Server.Last("INFO deleteUser").Body.Span);
        Assert.Contains("confEntity=\"" + ScriptedServer.FocusUri + "\"", command, StringComparison.Ordinal);
        Assert.Contains("userEntity=\"sip:alice@contoso.com\"", command, StringComparison.Ordinal);
    });

    [Fact]
    public void An_ejection_that_the_focus_refuses_fails() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INFO deleteUser"] = request => _lab.Server.Reply(request, 403);
        var (_, conversation) = await _lab.JoinAsync("alice");

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => conversation.ConferenceSession!.EjectAsync(conversation.Participants[0]));

        Assert.Equal((ConferenceStage.Command, 403), (failure.Stage, failure.StatusCode));
        Assert.Equal(ConferenceSessionState.Connected, conversation.ConferenceSession!.State);
    });

    // [MS-CONFBAS] §4.4.8: 202, then an INFO of the focus with the outcome.
    [Fact]
    public void An_outcome_in_a_later_INFO_is_taken_and_answered() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        var ending = conversation.ConferenceSession!.EndMeetingAsync();
        await _lab.DelayAsync(1);
        Assert.False(ending.IsCompleted);

        await _lab.Server.SendInDialogAsync("focus", "INFO", Texts.C3pResponse(_lab.Server.Last("INFO deleteConference"), "success", Deleted));

        await ending;
        await _lab.DelayAsync(1);
        Assert.Contains("alice: 200 INFO focus", _lab.Server.Log);
    });

    [Fact]
    public void An_outcome_that_overtakes_the_answer_is_not_lost() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INFO deleteConference"] = async request =>
        {
            await _lab.Server.SendInDialogAsync("focus", "INFO", Texts.C3pResponse(request, "success", Deleted));
            return await _lab.Server.Reply(request, 202);
        };
        var (_, conversation) = await _lab.JoinAsync("alice");

        await conversation.ConferenceSession!.EndMeetingAsync();
    });

    [Fact]
    public void A_pending_answer_waits_for_the_INFO_and_a_foreign_outcome_is_ignored() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INFO deleteConference"] = request => _lab.Server.Reply(request, 202, Texts.C3pResponse(request, "pending", "<deleteConference/>"));
        var (_, conversation) = await _lab.JoinAsync("alice");
        var ending = conversation.ConferenceSession!.EndMeetingAsync();
        await _lab.DelayAsync(1);
        var request = _lab.Server.Last("INFO deleteConference");

        await _lab.Server.SendInDialogAsync("focus", "INFO", Texts.C3pResponse(request, "success", Deleted).Replace("requestId=\"2\"", "requestId=\"99\"", StringComparison.Ordinal));
        await _lab.DelayAsync(1);
        Assert.False(ending.IsCompleted);
        await _lab.Server.SendInDialogAsync("focus", "INFO", Texts.C3pResponse(request, "failure", "<deleteConference reason=\"unauthorized\"/>"));

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => ending);
        Assert.Equal((ConferenceStage.Command, "unauthorized"), (failure.Stage, failure.ReasonPhrase));
    });

    [Fact]
    public void A_refused_INFO_fails_the_command_and_keeps_the_session() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INFO deleteConference"] = request => _lab.Server.Reply(request, 403, "ms-diagnostics: 3014;reason=\"Not authorized\"\r\n");
        var (_, conversation) = await _lab.JoinAsync("alice");

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => conversation.ConferenceSession!.EndMeetingAsync());

        Assert.Equal((403, 3014), (failure.StatusCode, failure.Diagnostics!.ErrorId));
        Assert.Equal(ConferenceSessionState.Connected, conversation.ConferenceSession!.State);
    });

    [Fact]
    public void A_BYE_instead_of_the_outcome_is_the_outcome() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        var ending = conversation.ConferenceSession!.EndMeetingAsync();
        await _lab.DelayAsync(1);

        await _lab.Server.SendInDialogAsync("focus", "BYE");

        await ending;
    });

    [Fact]
    public void An_outcome_that_never_comes_fails_after_the_command_timeout() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        var ending = conversation.ConferenceSession!.EndMeetingAsync();

        await _lab.DelayAsync(60);
        Assert.False(ending.IsCompleted);
        await _lab.DelayAsync(0.021);

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => ending);
        Assert.IsType<TimeoutException>(failure.InnerException);
    });

    [Fact]
    public void An_UPDATE_of_the_focus_is_answered_and_an_unknown_INFO_is_refused() => _lab.Run(async () =>
    {
        await _lab.JoinAsync("alice");

        await _lab.Server.SendInDialogAsync("focus", "UPDATE");
        await _lab.Server.SendInDialogAsync("focus", "INFO", "Content-Type: application/x-unknown\r\n\r\nhello");
        await _lab.DelayAsync(1);

        Assert.Contains("alice: 200 UPDATE focus", _lab.Server.Log);
        Assert.Contains("alice: 415 INFO focus", _lab.Server.Log);
    });

    [Fact]
    public void Only_a_connected_session_takes_commands() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice");
        var conversation = await alice.ConversationManager.MeetNowAsync();

        var refusal = await Assert.ThrowsAsync<InvalidStateException>(() => conversation.ConferenceSession!.EndMeetingAsync());

        Assert.Equal(("ConferenceSession", "Idle", "EndMeetingAsync"), (refusal.ObjectName, refusal.State, refusal.Operation));
    });
}
