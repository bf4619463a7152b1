using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Alice writes first.</summary>
public sealed class ReceivingTests
{
    private readonly MessageLab _lab = new();

    [Fact]
    public void Without_a_handler_the_caller_gets_480_at_once() => _lab.Run(async () =>
    {
        await _lab.Server.InviteToMessagesAsync("bob", "c1");
        await _lab.Server.PageAsync("bob", "Hello");
        await _lab.DelayAsync(0.05);

        Assert.Equal(2, _lab.Server.Log.Count(line => line.StartsWith("bob: 480", StringComparison.Ordinal)));
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
    });

    [Fact]
    public void An_accepted_invitation_shows_its_first_message_and_says_that_it_took_it() => _lab.Run(async () =>
    {
        var changes = new Recorder<ModalityStateChange>();
        InvitationInfo? said = null;
        _lab.Bob.ConversationManager.ModalityInvitationHandler = async (modality, token) =>
        {
            said = modality.Invitation;
            _lab.Observe(modality.Conversation);
            Assert.Equal(ModalityState.Notified, modality.State);
            Assert.True(modality.CanInvoke(ModalityAction.Accept) && modality.CanInvoke(ModalityAction.Reject));
            await _lab.DelayAsync(2);
            await modality.AcceptAsync(token);
        };

        // "Hello" as Lync 2013 sends it, with importance and subject.
        await _lab.Server.InviteToMessagesAsync(
            "bob",
            "c1",
            "Ms-Conversation-ID: AdPQwQ+QHyGgNm5cnnI5Sv0cCiqWRgACaRaw\r\nSubject: Lunch\r\nPriority: urgent\r\n" + Texts.FirstMessage("SGVsbG8=")
            + "ms-im-format: text/rtf; charset=UTF-8; ms-body=e1xydGYxIEhlbGxvfQ==\r\nP-Asserted-Identity: \"Alice A\"<sip:alice@contoso.com>,<tel:+4930>\r\n");
        await _lab.DelayAsync(1);
        Assert.Equal("bob: 180 INVITE im", _lab.Server.Log[^1]);
        Assert.Empty(_lab.Shown);
        await _lab.DelayAsync(2);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        await _lab.DelayAsync(1);

        Assert.Equal(["Incoming alice: Hello"], _lab.Shown);
        Assert.Equal(("sip:alice@contoso.com", "alice", "Lunch", ConversationImportance.High, @"{\rtf1 Hello}"), (said!.InviterUri, said.InviterName, said.Subject, said.Importance, said.FirstMessage!.Rtf));
        Assert.Equal(("Lunch", "AdPQwQ+QHyGgNm5cnnI5Sv0cCiqWRgACaRaw"), (_lab.Conversation.Subject, _lab.Conversation.Id));
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
        var answer = _lab.Server.Responses.Last(response => response.StatusCode == 200 && response.CSeq!.Method.IsInvite);
        Assert.True(answer.HasOption(HeaderName.Supported, "ms-text-format"));
        Assert.Contains("m=message 5060 sip null", answer.BodyText, StringComparison.Ordinal);
        Assert.Equal(ConversationState.Active, _lab.Conversation.State);
    });

    [Fact]
    public void Messages_in_the_session_are_answered_and_shown_in_every_format() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        var contents = new Recorder<InstantMessage>();
        _lab.Messages.Messages.Subscribe(contents);

        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("one"));
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("<p>two</p>", "text/html"));
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message(
            "--x\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nthree\r\n--x\r\nContent-Type: text/html\r\n\r\n<b>three</b>\r\n--x--", "multipart/alternative;boundary=x"));
        await _lab.DelayAsync(1);

        Assert.Equal(3, _lab.Server.Log.Count(line => line == "bob: 200 MESSAGE im"));
        Assert.Equal(["one", "<p>two</p>", "<b>three</b>"], contents.Items.Select(message => message.Content.Html ?? message.Text));
        Assert.Equal(["one", "two", "three"], contents.Items.Select(message => message.Text));
        Assert.Equal(3, contents.Items.Select(message => message.Id).Distinct().Count());
        Assert.All(contents.Items, message => Assert.Equal((InstantMessageDirection.Incoming, _lab.Conversation), (message.Direction, message.Conversation)));
    });

    [Theory]
    [InlineData("text/plain; charset=UTF-8")]
    [InlineData("TEXT/Plain ;CharSet=utf-8 ; msgr=WAAt")]
    [InlineData("text/plain;charset=\"utf-8\"")]
    [InlineData("text/plain;msgr=WAAt;charset=utf-8")]
    [InlineData("text/plain")]
    public void Plain_text_is_read_however_its_type_is_written(string type) => _lab.Run(async () =>
    {
        await _lab.MeetAsync();

        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("grüße", type));
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("\uFEFFmarked", type));
        await _lab.DelayAsync(1);

        Assert.Equal(["Incoming alice: grüße", "Incoming alice: marked"], _lab.Shown);
    });

    [Fact]
    public void Plain_text_in_another_charset_is_not_taken_for_utf_8() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();

        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("grüße", "text/plain; charset=iso-8859-1"));
        await _lab.DelayAsync(1);

        Assert.Equal(["Incoming alice: grÃ¼Ã\u009Fe"], _lab.Shown);
    });

    [Fact]
    public void What_cannot_be_shown_is_refused_with_what_can() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();

        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("R0lGODlh", "image/gif"));
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("Application-Name: File Transfer", "text/x-msmsgsinvite"));
        await _lab.Server.SendInDialogAsync("im", "INFO", Texts.Message("<x/>", "application/xml"));
        await _lab.Server.SendInDialogAsync("im", "INFO", Texts.Message("cmd", "application/csta+xml"));
        await _lab.DelayAsync(1);

        Assert.Equal(4, _lab.Server.Responses.Count(response => response.StatusCode == 415));
        Assert.All(_lab.Server.Responses.Where(response => response.StatusCode == 415), response => Assert.Contains("text/plain", response.Headers[HeaderName.Accept], StringComparison.Ordinal));
        Assert.Empty(_lab.Shown);
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
    });

    [Theory]
    [InlineData(ModalityDisconnectReason.None, 480)]
    [InlineData(ModalityDisconnectReason.Timeout, 480)]
    [InlineData(ModalityDisconnectReason.Busy, 486)]
    [InlineData(ModalityDisconnectReason.NotAcceptableHere, 488)]
    [InlineData(ModalityDisconnectReason.Decline, 603)]
    [InlineData(ModalityDisconnectReason.DeclineEverywhere, 603)]
    [InlineData(ModalityDisconnectReason.ReplyOther, 603)]
    public void A_rejected_invitation_ends_its_conversation(ModalityDisconnectReason reason, int status) => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = async (modality, token) =>
        {
            _lab.Observe(modality.Conversation);
            await modality.RejectAsync(reason, token);
            await Assert.ThrowsAsync<InvalidStateException>(() => modality.AcceptAsync());
        };
        await _lab.Server.InviteToMessagesAsync("bob", "c1", Texts.FirstMessage("SGVsbG8="));
        await _lab.DelayAsync(1);
        await _lab.Server.FollowInviteAsync("c1", "ACK");

        Assert.Equal($"bob: {status} INVITE im", _lab.Server.Log.Last(line => line.StartsWith("bob: ", StringComparison.Ordinal) && line.Contains("INVITE", StringComparison.Ordinal)));
        Assert.Equal(["Notified → Disconnected (InvitationRejected)", "completed"], _lab.Changes.Log);
        Assert.Empty(_lab.Shown);
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
    });

    [Fact]
    public void A_CANCEL_while_it_rings_tells_the_handler_and_ends_the_conversation() => _lab.Run(async () =>
    {
        var isWithdrawn = false;
        _lab.Bob.ConversationManager.ModalityInvitationHandler = async (modality, withdrawn) =>
        {
            _lab.Observe(modality.Conversation);
            var end = new TaskCompletionSource();
            withdrawn.Register(() => end.SetCanceled(withdrawn));
            try
            {
                await end.Task;
            }
            finally
            {
                isWithdrawn = true;
            }
        };
        await _lab.Server.InviteToMessagesAsync("bob", "c1");
        await _lab.DelayAsync(1);

        await _lab.Server.FollowInviteAsync("c1", "CANCEL");
        await _lab.DelayAsync(1);
        await _lab.Server.FollowInviteAsync("c1", "ACK");

        Assert.True(isWithdrawn);
        Assert.Equal(["Notified → Disconnected (InvitationWithdrawn)", "completed"], _lab.Changes.Log);
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
    });

    [Fact]
    public void The_end_of_the_connection_while_it_rings_ends_the_invitation() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (modality, _) =>
        {
            _lab.Observe(modality.Conversation);
            return _lab.DelayAsync(5);
        };
        await _lab.Server.InviteToMessagesAsync("bob", "c1");
        await _lab.DelayAsync(1);

        await _lab.Server.CloseFlowAsync("bob");
        await _lab.DelayAsync(30);

        Assert.Equal("Notified → Disconnected (ConnectionLost)", _lab.Changes.Log[0]);
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
    });

    [Fact]
    public void A_handler_that_does_not_decide_or_throws_answers_480_and_so_does_a_handler_that_takes_too_long() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (_, _) => Task.CompletedTask;
        await _lab.Server.InviteToMessagesAsync("bob", "c1");
        await _lab.DelayAsync(1);
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (_, _) => throw new InvalidOperationException("no");
        await _lab.Server.InviteToMessagesAsync("bob", "c2");
        await _lab.DelayAsync(1);
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (_, _) => _lab.DelayAsync(300);
        await _lab.Server.InviteToMessagesAsync("bob", "c3");
        await _lab.DelayAsync(190);

        Assert.Equal(3, _lab.Server.Log.Count(line => line == "bob: 480 INVITE im"));
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
        await _lab.DelayAsync(120);
    });

    [Fact]
    public void An_acceptance_that_nobody_acknowledges_fails_and_disconnects() => _lab.Run(async () =>
    {
        FailureResponseException? failure = null;
        _lab.Bob.ConversationManager.ModalityInvitationHandler = async (modality, _) =>
        {
            _lab.Observe(modality.Conversation);
            failure = await Assert.ThrowsAsync<FailureResponseException>(() => modality.AcceptAsync());
        };
        await _lab.Server.InviteToMessagesAsync("bob", "c1");
        await _lab.DelayAsync(70);

        Assert.Equal(408, failure!.StatusCode);
        Assert.Equal(["Notified → Connected (InvitationAccepted)", "Connected → Disconnected (RemoteDisconnected)"], _lab.Changes.Log);
        Assert.Contains("bob: BYE im", _lab.Server.Log);
    });

    [Fact]
    public void Between_two_everything_is_the_other_sides_whatever_it_may_claim() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.Server.SendInDialogAsync("im", "INFO", Texts.Typing(headers: "Ms-Sender: <sip:carol@contoso.com>\r\n"));
        await _lab.DelayAsync(0.1);
        Assert.Equal(MessageLab.Alice, Assert.Single(_lab.Messages.TypingParticipants).Uri);
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("I am Carol", headers: "Ms-Sender: <sip:carol@contoso.com>\r\n"));
        await _lab.DelayAsync(0.1);

        Assert.Equal(["Incoming alice: I am Carol"], _lab.Shown);
    });

    [Fact]
    public void Disconnecting_what_rings_answers_480_and_ends_the_conversation() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (modality, token) => modality.DisconnectAsync(token);
        await _lab.Server.InviteToMessagesAsync("bob", "c1");
        await _lab.DelayAsync(1);

        Assert.Contains("bob: 480 INVITE im", _lab.Server.Log);
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
    });

    [Fact]
    public void A_second_invitation_while_the_first_waits_is_told_that_the_user_is_busy() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (_, _) => _lab.DelayAsync(5);
        await _lab.Server.InviteToMessagesAsync("bob", "c1");
        await _lab.DelayAsync(1);
        await _lab.Server.InviteToMessagesAsync("bob", "c2");
        await _lab.DelayAsync(1);

        Assert.Contains("bob: 486 INVITE im", _lab.Server.Log);
        await _lab.DelayAsync(5);
    });

    [Fact]
    public void A_conference_that_calls_is_not_taken_for_its_organizer() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (_, _) => throw new InvalidOperationException("nobody is to be asked");
        await _lab.Server.InviteToMessagesAsync("bob", "c1", contact: "sip:alice@contoso.com;gruu;opaque=app:conf:chat:id:7ECB5F9B");
        await _lab.DelayAsync(1);

        Assert.Contains("bob: 488 INVITE im", _lab.Server.Log);
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
    });

    [Fact]
    public void An_invitation_says_who_sent_it_on_who_asked_for_it_and_for_whom_it_is() => _lab.Run(async () =>
    {
        _lab.Welcome();
        await _lab.Server.InviteToMessagesAsync(
            "bob",
            "c1",
            "History-Info: <sip:sales@contoso.com>;index=1, <sip:bob@contoso.com>;index=1.1\r\nReferred-By: <sip:carol@contoso.com>\r\nP-Asserted-Identity: <sip:boss@contoso.com>\r\n");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c1", "ACK");

        var invitation = _lab.Messages.Invitation!;
        Assert.Equal(
            ("sip:alice@contoso.com", "sip:sales@contoso.com", "sip:carol@contoso.com", "sip:boss@contoso.com"),
            (invitation.InviterUri, invitation.ForwardedBy, invitation.ReferredBy, invitation.OnBehalfOf));
        Assert.Equal(("sip:alice@contoso.com", "sip:boss@contoso.com"), (_lab.Conversation.Properties.Inviter, _lab.Conversation.Properties.RepresentedBy));
    });

    [Fact]
    public void A_subject_with_line_ends_becomes_one_line_that_the_next_invitation_can_carry() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.Server.SendInDialogAsync("im", "INFO", Texts.Subject("one&#10;To: two" + new string('x', 2000)));
        await _lab.DelayAsync(1);
        Assert.Equal(("one To: twox", Conversation.MaxSubjectLength), (_lab.Conversation.Subject[..12], _lab.Conversation.Subject.Length));
        await _lab.Server.SendInDialogAsync("im", "BYE");
        await _lab.DelayAsync(1);

        Assert.True((await _lab.Messages.SendMessageAsync("Hi")).IsDelivered);
        Assert.Equal(_lab.Conversation.Subject, _lab.Said("INVITE im").Single().Headers[HeaderName.Subject]);
    });

    [Fact]
    public void What_the_inviters_application_says_is_in_the_invitation() => _lab.Run(async () =>
    {
        _lab.Welcome();
        // The document is that of [MS-SIPRE] §4.11, shortened.
        await _lab.Server.InviteAsync(
            "bob",
            "c1",
            "--x\r\nContent-Type: application/sdp\r\n\r\n" + Texts.MessageSdp + "\r\n--x\r\nContent-Type: application/ms-conversation-context+xml\r\n\r\n"
            + "<cc:XmlConvContext xmlns:cc=\"http://schemas.microsoft.com/2008/03/sip/conversationContext\"><cc:id>0734aae0</cc:id><cc:from><cc:uri>sip:alice@contoso.com</cc:uri></cc:from>"
            + "<cc:to><cc:uri>sip:bob@contoso.com</cc:uri></cc:to><cc:participants/><cc:dataFormat>text/plain</cc:dataFormat><cc:contextData>Waiting time: 00:00:18</cc:contextData></cc:XmlConvContext>\r\n--x--",
            "multipart/mixed;boundary=x");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c1", "ACK");

        Assert.Equal(new InvitationContext("Waiting time: 00:00:18"), _lab.Messages.Invitation!.Context);
    });

    [Fact]
    public void Who_says_goodbye_can_be_written_to_again_in_the_same_conversation() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.Server.SendInDialogAsync("im", "BYE");
        await _lab.DelayAsync(1);
        Assert.Equal((ModalityState.Disconnected, ConversationState.Inactive), (_lab.Messages.State, _lab.Conversation.State));

        Assert.True((await _lab.Messages.SendMessageAsync("Still there?")).IsDelivered);

        Assert.Equal("conv-1", _lab.Said("INVITE im").Single().Headers[HeaderName.MsConversationId]);
        Assert.Equal(
            ["Notified → Connected (InvitationAccepted)", "Connected → Disconnected (RemoteDisconnected)", "Disconnected → Connecting (ConnectRequested)", "Connecting → Connected (Answered)"],
            _lab.Changes.Log);
    });

    [Fact]
    public void A_refresh_of_the_session_is_answered_with_the_same_description() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.Server.SendInDialogAsync("im", "UPDATE");
        await _lab.Server.SendInDialogAsync("im", "INFO", Texts.Message("<?xml version=\"1.0\"?><ConversationInfo><From uri=\"sip:a@dom\"/><Subject>Plans</Subject></ConversationInfo>", "application/xml+conversationinfo"));
        await _lab.DelayAsync(1);

        Assert.Contains("bob: 200 UPDATE im", _lab.Server.Log);
        Assert.Contains("bob: 200 INFO im", _lab.Server.Log);
        Assert.Equal("Plans", _lab.Conversation.Subject);
    });
}
