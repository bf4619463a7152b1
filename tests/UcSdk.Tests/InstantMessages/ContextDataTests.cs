using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Applications of bob and alice say something to each other after the invitation; alice and the server are played by the scripted server.</summary>
public sealed class ContextDataTests
{
    private const string Application = "{d0722164-f660-4c1e-a7ab-f27bd0d58a33}";
    private readonly MessageLab _lab = new();
    private readonly Recorder<ContextDataMessage> _told = new();
    private readonly ContextData _data = new(Application, "application/json", "{\"customer\":\r\n\"<A & B>\"}");

    [Fact]
    public void What_is_said_between_two_goes_in_an_INFO_and_its_sender_hears_that_it_arrived() => _lab.Run(async () =>
    {
        await MeetAsync();
        _lab.Server.Answers["INFO im"] = _lab.Says(200);

        var result = Assert.Single(await _lab.Conversation.SendContextDataAsync(_data));

        Assert.Equal((MessageLab.Alice, DeliveryOutcome.Delivered), (result.Uri, result.Outcome));
        var info = _lab.Server.Requests.Single(request => request.Request.Method == SipMethod.Info).Request;
        Assert.Equal("application/ms-conversation-context+xml", info.ContentType);
        Assert.Contains("<contextData>{\"customer\":&#13;\n\"&lt;A &amp; B&gt;\"}</contextData>", info.BodyText, StringComparison.Ordinal);
        Assert.Contains($"{Application}</", info.BodyText, StringComparison.Ordinal);
        Assert.Contains("<conversationId>conv-1</conversationId>", info.BodyText, StringComparison.Ordinal);
        Assert.Equal(_data, await _lab.Conversation.GetApplicationDataAsync(Application));
        var told = Assert.Single(_told.Items);
        Assert.Equal((InstantMessageDirection.Outgoing, true, false), (told.Direction, told.Sender.IsSelf, told.IsInitial));
        Assert.Empty(_lab.Shown);
    });

    [Theory]
    [InlineData(415, DeliveryOutcome.Failed)]
    [InlineData(501, DeliveryOutcome.Failed)]
    [InlineData(408, DeliveryOutcome.Unconfirmed)]
    public void A_client_that_does_not_know_it_is_told_of(int status, DeliveryOutcome outcome) => _lab.Run(async () =>
    {
        await MeetAsync();
        _lab.Server.Answers["INFO im"] = _lab.Says(status);

        var result = Assert.Single(await _lab.Conversation.SendContextDataAsync(_data));

        Assert.Equal((outcome, status), (result.Outcome, result.StatusCode));
    });

    [Fact]
    public void What_alices_application_says_is_told_and_kept_and_not_shown() => _lab.Run(async () =>
    {
        await MeetAsync();

        await SayAsync("im", "INFO", "hello", Application);
        await SayAsync("im", "INFO", "again", Application);
        await _lab.DelayAsync(0.1);

        Assert.Equal(2, _lab.Server.Log.Count(line => line == "bob: 200 INFO im"));
        Assert.Equal(["hello", "again"], _told.Items.Select(told => told.Context.Data));
        Assert.All(_told.Items, told => Assert.Equal((MessageLab.Alice, InstantMessageDirection.Incoming), (told.Sender.Uri, told.Direction)));
        Assert.Equal(new ContextData(Application, "text/plain", "again"), await _lab.Conversation.GetApplicationDataAsync(Application));
        Assert.Null(await _lab.Conversation.GetApplicationDataAsync("another"));
        Assert.Empty(_lab.Shown);
    });

    [Fact]
    public void As_many_characters_as_are_allowed_are_taken_and_one_more_is_refused() => _lab.Run(async () =>
    {
        await MeetAsync();

        await SayAsync("im", "INFO", new string('x', ContextData.MaxLength), Application);
        await SayAsync("im", "INFO", new string('x', ContextData.MaxLength + 1), Application);
        await _lab.DelayAsync(0.1);

        Assert.Contains("bob: 413 INFO im", _lab.Server.Log);
        Assert.Equal(ContextData.MaxLength, Assert.Single(_told.Items).Context.Data.Length);
    });

    [Theory]
    [InlineData(" ", Application)]
    [InlineData("hello", " ")]
    public void Blanks_say_nothing(string data, string application) => _lab.Run(async () =>
    {
        await MeetAsync();

        await SayAsync("im", "INFO", data, application);
        await SayAsync("im", "INFO", "hello", Application);
        await _lab.DelayAsync(0.1);

        Assert.Equal("hello", Assert.Single(_told.Items).Context.Data);
    });

    [Fact]
    public void Sixty_four_applications_are_remembered_and_the_oldest_is_forgotten() => _lab.Run(async () =>
    {
        await MeetAsync();
        for (var number = 0; number <= 64; number++)
        {
            await SayAsync("im", "INFO", "hello", $"application {number}");
        }

        await _lab.DelayAsync(1);

        Assert.Null(await _lab.Conversation.GetApplicationDataAsync("application 0"));
        Assert.NotNull(await _lab.Conversation.GetApplicationDataAsync("application 1"));
        Assert.NotNull(await _lab.Conversation.GetApplicationDataAsync("application 64"));
    });

    [Fact]
    public void A_session_that_rested_is_made_anew_and_without_any_it_cannot_be_said() => _lab.Run(async () =>
    {
        await MeetAsync();
        await _lab.DelayAsync(601);
        _lab.Server.Answers["INFO im"] = _lab.Says(200);

        Assert.Equal(DeliveryOutcome.Delivered, Assert.Single(await _lab.Conversation.SendContextDataAsync(_data)).Outcome);

        Assert.Single(_lab.Said("INVITE im"));
        await _lab.Messages.DisconnectAsync();
        await Assert.ThrowsAsync<InvalidStateException>(() => _lab.Conversation.SendContextDataAsync(_data));
    });

    [Fact]
    public void In_a_conference_it_is_a_MESSAGE_and_the_report_says_who_does_not_know_it() => _lab.Run(async () =>
    {
        await JoinAsync();
        _lab.Server.Answers["MESSAGE chat"] = request => _lab.Server.Reply(request, 202, "Message-Id: 7\r\n\r\n");
        var sending = _lab.Conversation.SendContextDataAsync(_data);
        await _lab.DelayAsync(0.1);
        Assert.False(sending.IsCompleted);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(7, "carol 415"));

        var results = await sending;

        Assert.Equal(
            [(MessageLab.Alice, DeliveryOutcome.Delivered, 200), ("sip:carol@contoso.com", DeliveryOutcome.Failed, 415)],
            results.Select(result => (result.Uri, result.Outcome, result.StatusCode)));
        Assert.Equal("application/ms-conversation-context+xml", _lab.Said("MESSAGE chat").Single().ContentType);
        await SayAsync("chat", "MESSAGE", "from carol", Application, "Ms-Sender: <sip:carol@contoso.com>\r\n");
        await _lab.DelayAsync(0.1);
        Assert.Equal("sip:carol@contoso.com", _told.Items[^1].Sender.Uri);
    });

    [Fact]
    public void An_IM_MCU_that_does_not_know_it_refuses_it_for_everybody() => _lab.Run(async () =>
    {
        await JoinAsync();
        _lab.Server.Answers["MESSAGE chat"] = _lab.Says(415);

        Assert.Equal([415, 415], (await _lab.Conversation.SendContextDataAsync(_data)).Select(result => result.StatusCode));
    });

    [Fact]
    public void What_the_invitation_said_for_an_application_is_told_once() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Conversation.ContextData.Subscribe(_told);
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(request, 200, Texts.MessagesAccepted("Supported: ms-text-format\r\n"));
        await _lab.Conversation.SetInvitationContextAsync(new InvitationContext("order 17") { ApplicationId = Application });
        await _lab.Messages.SendMessageAsync("Hello");
        await _lab.DelayAsync(601);
        await _lab.Messages.SendMessageAsync("Hello again");

        var told = Assert.Single(_told.Items);
        Assert.Equal((true, "order 17", InstantMessageDirection.Outgoing), (told.IsInitial, told.Context.Data, told.Direction));
        Assert.Equal(2, _lab.Said("INVITE im").Length);
    });

    [Fact]
    public void What_alices_invitation_says_for_an_application_is_the_first_that_is_told() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (modality, token) =>
        {
            _lab.Observe(modality.Conversation);
            modality.Conversation.ContextData.Subscribe(_told);
            return modality.AcceptAsync(token);
        };
        await _lab.Server.InviteAsync(
            "bob",
            "1",
            $"--x\r\nContent-Type: application/sdp\r\n\r\n{Texts.MessageSdp}\r\n--x\r\nContent-Type: application/ms-conversation-context+xml\r\n\r\n{Document("order 17", Application)}\r\n--x--",
            "multipart/mixed;boundary=x");
        await _lab.DelayAsync(0.1);
        await _lab.Server.FollowInviteAsync("1", "ACK");
        await _lab.DelayAsync(0.1);

        // Every session of the conversation says it, which is no news.
        await _lab.Server.InviteAsync(
            "bob",
            "2",
            $"--x\r\nContent-Type: application/sdp\r\n\r\n{Texts.MessageSdp}\r\n--x\r\nContent-Type: application/ms-conversation-context+xml\r\n\r\n{Document("order 17", Application)}\r\n--x--",
            "multipart/mixed;boundary=x");
        await _lab.DelayAsync(0.1);
        await _lab.Server.FollowInviteAsync("2", "ACK");
        await _lab.DelayAsync(0.1);

        Assert.Single(_lab.Bob.ConversationManager.Conversations);
        var told = Assert.Single(_told.Items);
        Assert.Equal((true, "order 17", MessageLab.Alice), (told.IsInitial, told.Context.Data, told.Sender.Uri));
    });

    [Theory]
    [InlineData("", "text/plain", "x")]
    [InlineData("app", "", "x")]
    [InlineData("app", "text/plain", "")]
    [InlineData("app", "text/plain", "\u0001")]
    public void What_cannot_be_said_is_refused_at_once(string application, string format, string data) =>
        Assert.Throws<ArgumentException>(() => new ContextData(application, format, data));

    [Fact]
    public void The_limit_is_the_limit()
    {
        Assert.Equal("text/plain, 16384 characters", new ContextData("app", "text/plain", new string('x', ContextData.MaxLength)).ToString());
        Assert.Throws<ArgumentException>(() => new ContextData("app", "text/plain", new string('x', ContextData.MaxLength + 1)));
        Assert.Throws<ArgumentException>(() => new ContextData(new string('x', ContextData.MaxNameLength + 1), "text/plain", "x"));
    }

    private static string Document(string data, string application) =>
        "<cc:XmlConvContext xmlns:cc=\"http://schemas.microsoft.com/2008/03/sip/conversationContext\"><cc:id>0734aae0</cc:id><cc:from><cc:uri>sip:alice@contoso.com</cc:uri></cc:from>"
        + $"<cc:to><cc:uri>sip:bob@contoso.com</cc:uri></cc:to><cc:participants/><cc:dataFormat>text/plain</cc:dataFormat><cc:contextData>{data}</cc:contextData>"
        + $"<a:applicationId xmlns:a=\"urn:ucsdk:conversation-context\">{application}</a:applicationId></cc:XmlConvContext>";

    private Task SayAsync(string dialog, string method, string data, string application, string headers = "") =>
        _lab.Server.SendInDialogAsync(dialog, method, $"{headers}Content-Type: application/ms-conversation-context+xml\r\n\r\n{Document(data, application)}");

    private async Task MeetAsync()
    {
        await _lab.MeetAsync();
        _lab.Conversation.ContextData.Subscribe(_told);
    }

    private async Task JoinAsync()
    {
        _lab.Server.Answers["SUBSCRIBE conference"] = request => request.Headers[HeaderName.Expires] == "0"
            ? _lab.Server.Reply(request, 200, "Expires: 0\r\nSubscription-State: terminated;expires=0\r\n\r\n")
            : _lab.Server.Reply(request, 200, Texts.Roster(1, Texts.User(request), Texts.User("alice", sessions: "chat"), Texts.User("carol", sessions: "chat")));
        var conversation = await _lab.Bob.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri, new JoinOptions { Audio = false, InstantMessages = true });
        _lab.Observe(conversation);
        conversation.ContextData.Subscribe(_told);
    }
}
