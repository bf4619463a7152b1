using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Bob writes first.</summary>
public sealed class FirstMessageTests
{
    private readonly MessageLab _lab = new();

    [Fact]
    public void The_first_message_travels_in_the_INVITE_and_again_as_MESSAGE_where_the_answer_does_not_take_it() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        Assert.Empty(_lab.Said("INVITE im"));

        var delivery = await _lab.Messages.SendMessageAsync("Hello");

        Assert.True(delivery.IsDelivered);
        Assert.Equal(("sip:alice@contoso.com", 200), (delivery.Recipients.Single().Uri, delivery.Recipients.Single().StatusCode));
        Assert.Equal(
            ["bob: INVITE im", "server: 200 INVITE im", "bob: ACK im", "bob: MESSAGE im", "server: 200 MESSAGE im"],
            _lab.Wire);
        var invite = _lab.Said("INVITE im").Single();
        Assert.Equal("text/plain; charset=UTF-8;ms-body=SGVsbG8=", invite.Headers[HeaderName.Of("ms-text-format")]);
        Assert.Equal(_lab.Conversation.Id, invite.Headers[HeaderName.MsConversationId]);
        Assert.Equal("sip:bob@contoso.com", invite.Headers[HeaderName.Of("Roster-Manager")]);
        Assert.Equal("<sip:bob@contoso.com>, <sip:alice@contoso.com>", invite.Headers[HeaderName.Of("EndPoints")]);
        Assert.True(invite.HasOption(HeaderName.Supported, "ms-sender"));
        Assert.Contains("m=message 5060 sip null", invite.BodyText, StringComparison.Ordinal);
        var message = _lab.Said("MESSAGE im").Single();
        Assert.Equal(("text/plain; charset=UTF-8", "Hello"), (message.Headers[HeaderName.ContentType], message.BodyText));
        Assert.Equal(["Disconnected → Connecting (ConnectRequested)", "Connecting → Connected (Answered)"], _lab.Changes.Log);
        Assert.Equal(["Outgoing bob: Hello"], _lab.Shown);
        Assert.Equal(ConversationState.Active, _lab.Conversation.State);
        Assert.Equal(
            [("sip:bob@contoso.com", ModalityState.Connected), ("sip:alice@contoso.com", ModalityState.Connected)],
            _lab.Conversation.Participants.Select(participant => (participant.Uri, participant.Modalities.InstantMessage)));
    });

    [Fact]
    public void Where_the_answer_takes_the_first_message_it_is_not_sent_again() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(200, Texts.MessagesAccepted("Supported: ms-text-format\r\n"));

        Assert.True((await _lab.Messages.SendMessageAsync("Hello")).IsDelivered);
        Assert.True((await _lab.Messages.SendMessageAsync("Again")).IsDelivered);

        Assert.Equal("Again", _lab.Said("MESSAGE im").Single().BodyText);
    });

    [Fact]
    public void Messages_that_are_given_while_it_rings_follow_in_order() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        SipRequest? invite = null;
        _lab.Server.Answers["INVITE im"] = request =>
        {
            invite = request;
            return _lab.Server.Reply(request, 180);
        };
        var deliveries = Enumerable.Range(1, 20).Select(number => _lab.Messages.SendMessageAsync($"{number}")).ToArray();
        await _lab.DelayAsync(12);
        Assert.All(deliveries, delivery => Assert.False(delivery.IsCompleted));

        await _lab.Server.RespondAsync(invite!, 200, Texts.MessagesAccepted());
        await Task.WhenAll(deliveries);

        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"{number}"), _lab.Said("MESSAGE im").Select(message => message.BodyText));
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"{number}"), _lab.Deliveries.Items.Select(delivery => delivery.Message.Text));
        Assert.All(deliveries, delivery => Assert.True(delivery.Result.IsDelivered));
    });

    [Fact]
    public void Subject_and_importance_go_with_the_invitation() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        var changes = new Recorder<ConversationPropertiesChange>();
        _lab.Conversation.PropertyChanges.Subscribe(changes);
        await _lab.Conversation.SetSubjectAsync("Lunch");
        await _lab.Conversation.SetImportanceAsync(ConversationImportance.High);

        await _lab.Messages.ConnectAsync();

        var invite = _lab.Said("INVITE im").Single();
        Assert.Equal(("Lunch", "urgent"), (invite.Headers[HeaderName.Subject], invite.Headers[HeaderName.Of("Priority")]));
        Assert.False(invite.Headers.Contains(HeaderName.Of("ms-text-format")));
        Assert.Equal((2, "Lunch", ConversationImportance.High), (changes.Items.Count, _lab.Conversation.Subject, _lab.Conversation.Importance));
        await _lab.Conversation.SetSubjectAsync("Dinner");
        var info = _lab.Said("INFO im").Single();
        Assert.Equal("application/xml+conversationinfo", info.ContentType);
        Assert.Contains("<Subject>Dinner</Subject>", info.BodyText, StringComparison.Ordinal);
    });

    [Fact]
    public void A_subject_is_one_line_of_limited_length() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => _lab.Conversation.SetSubjectAsync("one\r\nTo: two"));
        await Assert.ThrowsAsync<ArgumentException>(() => _lab.Conversation.SetSubjectAsync(new string('x', Conversation.MaxSubjectLength + 1)));
        await _lab.Conversation.SetSubjectAsync(new string('x', Conversation.MaxSubjectLength));

        Assert.True((await _lab.Messages.SendMessageAsync("Hi")).IsDelivered);
        Assert.Equal(Conversation.MaxSubjectLength, _lab.Said("INVITE im").Single().Headers[HeaderName.Subject]!.Length);
    });

    [Fact]
    public void Context_that_cannot_be_carried_is_refused_where_it_is_made()
    {
        Assert.Throws<ArgumentException>(() => new InvitationContext("a\u0001b"));
        Assert.Throws<ArgumentException>(() => new InvitationContext("a", "\u0001"));
        Assert.Throws<ArgumentException>(() => new InvitationContext("a") { ApplicationId = "" });
        Assert.Throws<ArgumentException>(() => new InvitationContext("a") { ApplicationId = new string('x', ContextData.MaxNameLength + 1) });
        Assert.Null(new InvitationContext("a") { ApplicationId = null }.ApplicationId);
    }

    [Fact]
    public void Whoever_has_given_up_before_does_not_invite() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _lab.Messages.ConnectAsync(new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _lab.Conversation.AVModality.ConnectAsync(new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com", new CancellationToken(true)));
        await _lab.DelayAsync(1);

        Assert.Empty(_lab.Said("INVITE im"));
        Assert.Empty(_lab.Said("SERVICE addConference"));
        Assert.Equal(ModalityState.Disconnected, _lab.Messages.State);
    });

    [Fact]
    public void What_the_application_says_travels_beside_the_session_description_for_those_who_know_it() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        await _lab.Conversation.SetInvitationContextAsync(new InvitationContext("Waiting time: 00:00:18"));
        await _lab.Messages.SendMessageAsync("Hello");

        var invite = _lab.Said("INVITE im").Single();
        Assert.True(MultipartBody.TryRead(invite, out var body, out _));
        Assert.Equal(["application/sdp", "application/ms-conversation-context+xml"], body.Parts.Select(part => part.Type!.Name));
        Assert.True(body.Parts[1].Disposition!.IsOptional);
        Assert.Contains("Waiting time: 00:00:18</", body.Parts[1].Text, StringComparison.Ordinal);
        Assert.Contains(_lab.Conversation.Id, body.Parts[1].Text, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new InvitationContext(new string('x', InvitationContext.MaxLength + 1)));
        Assert.Equal("text/plain, 4096 characters", new InvitationContext(new string('x', InvitationContext.MaxLength)).ToString());
    });

    [Fact]
    public void Html_goes_only_to_whom_can_show_it_and_plain_text_always_before_it() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        var content = new InstantMessageContent("Hello", html: "<b>Hello</b>");
        await _lab.Messages.SendMessageAsync(content);

        var message = _lab.Said("MESSAGE im").Single();
        Assert.True(MultipartBody.TryRead(message, out var body, out _));
        Assert.Equal(["text/plain Hello", "text/html <b>Hello</b>"], body.Parts.Select(part => $"{part.Type!.Name} {part.Text}"));
        Assert.True(_lab.Messages.Capabilities.HasFlag(InstantMessageCapabilities.CanRenderHtml | InstantMessageCapabilities.SupportMime | InstantMessageCapabilities.CanRenderRtf));
        Assert.Equal("text/html; charset=UTF-8;ms-body=PGI+SGVsbG88L2I+", _lab.Said("INVITE im").Single().Headers[HeaderName.Of("ms-im-format")]);
    });

    [Fact]
    public void A_peer_that_announces_nothing_gets_plain_text() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(200, "Content-Type: application/sdp\r\n\r\nv=0\r\no=- 0 0 IN IP4 1.2.3.4\r\ns=-\r\nc=IN IP4 1.2.3.4\r\nt=0 0\r\nm=x-ms-message 5060 sip null\r\n");

        await _lab.Messages.SendMessageAsync(new InstantMessageContent("Hello", html: "<b>Hello</b>", rtf: @"{\rtf1 Hello}"));

        Assert.Equal(("text/plain", "Hello"), (_lab.Said("MESSAGE im").Single().ContentType, _lab.Said("MESSAGE im").Single().BodyText));
    });

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(504)]
    public void A_refusal_that_says_nothing_of_the_peer_leaves_the_first_message_unconfirmed(int status) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(status);

        var delivery = await _lab.Messages.SendMessageAsync("Hello");

        Assert.Equal((DeliveryOutcome.Unconfirmed, status), (delivery.Recipients.Single().Outcome, delivery.Recipients.Single().StatusCode));
    });

    [Theory]
    [InlineData(500, DeliveryOutcome.Unconfirmed)]
    [InlineData(603, DeliveryOutcome.Failed)]
    public void A_refusal_behind_which_the_connection_ends_says_what_it_says(int status, DeliveryOutcome outcome) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = async request =>
        {
            await _lab.Server.RespondAsync(request, status);
            await _lab.Server.CloseFlowAsync("bob");
            return null;
        };

        var delivery = await _lab.Messages.SendMessageAsync("Hello");

        Assert.Equal(outcome, delivery.Recipients.Single().Outcome);
    });

    [Theory]
    [InlineData(603, "Decline", ModalityStateChangeReason.Refused)]
    [InlineData(480, "Temporarily Unavailable", ModalityStateChangeReason.Refused)]
    [InlineData(404, "Not Found", ModalityStateChangeReason.Refused)]
    [InlineData(486, "Busy Here", ModalityStateChangeReason.Refused)]
    [InlineData(503, "Service Unavailable", ModalityStateChangeReason.Refused)]
    public void An_invitation_that_is_refused_fails_its_message_and_all_behind_it(int status, string phrase, ModalityStateChangeReason reason) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(status, "ms-diagnostics: 4004;reason=\"no\";source=\"pool.contoso.com\"\r\n\r\n");

        var first = _lab.Messages.SendMessageAsync("1");
        var second = _lab.Messages.SendMessageAsync("2");
        var results = (await Task.WhenAll(first, second)).Select(delivery => delivery.Recipients.Single()).ToArray();

        Assert.All(results, result => Assert.Equal((DeliveryOutcome.Failed, status, phrase, 4004), (result.Outcome, result.StatusCode, result.ReasonPhrase, result.Diagnostics!.ErrorId)));
        Assert.Equal((ModalityState.Disconnected, reason), (_lab.Messages.State, _lab.Changes.Items[^1].Reason));
        _lab.Server.Answers["INVITE im"] = _lab.Says(200, Texts.MessagesAccepted());
        Assert.True((await _lab.Messages.SendMessageAsync("3")).IsDelivered);
    });

    [Fact]
    public void An_invitation_that_nobody_answers_may_have_been_seen() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _ => Task.FromResult<SipResponse?>(null);

        var first = _lab.Messages.SendMessageAsync("1");
        var second = _lab.Messages.SendMessageAsync("2");

        Assert.Equal((DeliveryOutcome.Unconfirmed, 408), ((await first).Recipients.Single().Outcome, (await first).Recipients.Single().StatusCode));
        Assert.Equal((DeliveryOutcome.Failed, 408), ((await second).Recipients.Single().Outcome, (await second).Recipients.Single().StatusCode));
        Assert.Equal(ModalityStateChangeReason.TimedOut, _lab.Changes.Items[^1].Reason);
    });

    [Fact]
    public void An_invitation_that_rings_for_too_long_is_taken_back_and_its_message_has_failed() => _lab.Run(
        async () =>
        {
            await _lab.BeginAsync();
            SipRequest? invite = null;
            _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(invite = request, 180);
            _lab.Server.Answers["CANCEL im"] = async request =>
            {
                await _lab.Server.RespondAsync(invite!, 487);
                return await _lab.Server.Reply(request, 200);
            };

            var delivery = await _lab.Messages.SendMessageAsync("1");

            Assert.Equal((DeliveryOutcome.Failed, 408), (delivery.Recipients.Single().Outcome, delivery.Recipients.Single().StatusCode));
            Assert.Single(_lab.Said("CANCEL im"));
        },
        options => options with { RingTimeout = TimeSpan.FromSeconds(20) });

    [Fact]
    public void Giving_up_while_it_rings_takes_the_invitation_back() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        SipRequest? invite = null;
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(invite = request, 180);
        _lab.Server.Answers["CANCEL im"] = async request =>
        {
            await _lab.Server.RespondAsync(invite!, 487);
            return await _lab.Server.Reply(request, 200);
        };
        var sending = _lab.Messages.SendMessageAsync("1");
        await _lab.DelayAsync(1);

        await _lab.Messages.DisconnectAsync();

        Assert.Equal(DeliveryOutcome.Failed, (await sending).Recipients.Single().Outcome);
        Assert.Equal(
            [
                "Disconnected → Connecting (ConnectRequested)", "Connecting → Disconnecting (DisconnectRequested)", "Disconnecting → Disconnected (Disconnected)",
            ],
            _lab.Changes.Log);
    });

    [Fact]
    public void A_caller_that_stops_waiting_does_not_stop_the_message() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        using var stop = new CancellationTokenSource();
        var sending = _lab.Messages.SendMessageAsync("Hello", stop.Token);
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await _lab.DelayAsync(1);

        Assert.True(_lab.Deliveries.Items.Single().IsDelivered);
    });

    [Fact]
    public void Without_anybody_to_talk_to_nothing_can_be_sent() => _lab.Run(async () =>
    {
        var conversation = await _lab.Bob.ConversationManager.AddConversationAsync();
        var messages = conversation.InstantMessageModality;

        Assert.False(messages.CanInvoke(ModalityAction.SendInstantMessage));
        await Assert.ThrowsAsync<InvalidStateException>(() => messages.SendMessageAsync("Hello"));
        await Assert.ThrowsAsync<InvalidStateException>(() => messages.SetComposingAsync(true));
        await Assert.ThrowsAsync<InvalidStateException>(() => messages.AcceptAsync());
        await Assert.ThrowsAsync<ArgumentException>(() => conversation.AddParticipantAsync("sip:bob@contoso.com"));
        await conversation.AddParticipantAsync("sip:alice@contoso.com");
        Assert.True(messages.CanInvoke(ModalityAction.SendInstantMessage));
    });

    [Fact]
    public void A_message_has_text_and_is_not_longer_than_allowed()
    {
        Assert.Throws<ArgumentException>(() => new InstantMessageContent(""));
        Assert.Throws<ArgumentException>(() => new InstantMessageContent(new string('x', InstantMessageContent.MaxLength + 1)));
        Assert.Throws<ArgumentException>(() => new InstantMessageContent("x", html: new string('x', InstantMessageContent.MaxLength)));
        var longest = new InstantMessageContent(new string('x', InstantMessageContent.MaxLength));
        Assert.Equal("20000 characters", longest.ToString());
    }
}
