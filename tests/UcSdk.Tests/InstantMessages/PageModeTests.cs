using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Plain SIP clients: each message by itself (RFC 3428), typing as RFC 3994 has it.</summary>
public sealed class PageModeTests
{
    private readonly MessageLab _lab = new();

    [Fact]
    public void A_message_that_waits_for_the_decision_when_the_connection_ends_is_forgotten_and_the_client_comes_back() => _lab.Run(async () =>
    {
        Conversation? offered = null;
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (modality, token) =>
        {
            offered = modality.Conversation;
            return new TaskCompletionSource().Task.WaitAsync(token);
        };
        await _lab.Server.PageAsync("bob", "one");
        await _lab.DelayAsync(1);
        Assert.Equal(ModalityState.Notified, offered!.InstantMessageModality.State);

        await _lab.Server.CloseFlowAsync("bob");
        await _lab.DelayAsync(60);

        Assert.Equal(ClientState.SignedIn, _lab.Bob.State);
        Assert.Equal(ConversationState.Terminated, offered.State);
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
    });

    [Fact]
    public void The_first_message_of_a_plain_client_waits_for_the_decision_and_those_behind_it_too() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = async (modality, token) =>
        {
            Assert.Equal((true, "one"), (modality.Invitation!.IsPageMode, modality.Invitation.FirstMessage?.Text));
            _lab.Observe(modality.Conversation);
            await _lab.DelayAsync(3);
            await modality.AcceptAsync(token);
        };
        await _lab.Server.PageAsync("bob", "one");
        await _lab.DelayAsync(1);
        await _lab.Server.PageAsync("bob", "two");
        await _lab.Server.PageAsync("bob", "<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>active</state></isComposing>", contentType: "application/im-iscomposing+xml");
        await _lab.DelayAsync(1);
        Assert.Empty(_lab.Shown);
        Assert.Single(_lab.Server.Log, line => line == "bob: 200 MESSAGE");
        await _lab.DelayAsync(2);
        await _lab.Server.PageAsync("bob", "three");
        await _lab.DelayAsync(1);

        Assert.Equal(["Incoming alice: one", "Incoming alice: two", "Incoming alice: three"], _lab.Shown);
        Assert.Equal(4, _lab.Server.Log.Count(line => line == "bob: 200 MESSAGE"));
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);

        var delivery = await _lab.Messages.SendMessageAsync("four");

        Assert.True(delivery.IsDelivered);
        var message = _lab.Said("MESSAGE").Single();
        Assert.Equal(("sip:alice@contoso.com", "four", null, null), (message.UriText, message.BodyText, message.To!.Tag, message.Headers[HeaderName.Contact]));
        Assert.Empty(_lab.Said("INVITE im"));
    });

    [Fact]
    public void A_plain_client_that_is_rejected_gets_the_answer_for_every_message() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = async (modality, token) =>
        {
            await _lab.DelayAsync(1);
            await modality.RejectAsync(ModalityDisconnectReason.Decline, token);
        };
        await _lab.Server.PageAsync("bob", "one");
        await _lab.DelayAsync(0.5);
        await _lab.Server.PageAsync("bob", "two");
        await _lab.DelayAsync(1);

        Assert.Equal(2, _lab.Server.Log.Count(line => line == "bob: 603 MESSAGE"));
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
    });

    [Fact]
    public void A_plain_client_waits_for_no_longer_than_its_transaction_lasts_and_with_no_more_than_sixteen_messages() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (_, _) => _lab.DelayAsync(60);
        for (var number = 0; number < 17; number++)
        {
            await _lab.Server.PageAsync("bob", "text");
        }

        await _lab.DelayAsync(23.9);
        Assert.Equal(["bob: 486 MESSAGE"], _lab.Server.Log.Where(line => line.StartsWith("bob: 4", StringComparison.Ordinal)));
        await _lab.DelayAsync(0.2);
        Assert.Equal(16, _lab.Server.Log.Count(line => line == "bob: 480 MESSAGE"));
        await _lab.DelayAsync(60);
    });

    [Theory]
    [InlineData(488)]
    [InlineData(415)]
    [InlineData(606)]
    [InlineData(501)]
    [InlineData(405)]
    public void A_peer_that_takes_no_session_gets_its_messages_each_by_itself_and_is_remembered(int status) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(status);

        Assert.True((await _lab.Messages.SendMessageAsync("one")).IsDelivered);
        Assert.True((await _lab.Messages.SendMessageAsync("two")).IsDelivered);

        Assert.Equal(["one", "two"], _lab.Said("MESSAGE").Select(message => message.BodyText));
        Assert.Equal(["Disconnected → Connecting (ConnectRequested)", "Connecting → Connected (PageModeUsed)"], _lab.Changes.Log);
        await _lab.Conversation.EndAsync();
        await _lab.BeginAsync();
        Assert.True((await _lab.Messages.SendMessageAsync("three")).IsDelivered);
        Assert.Single(_lab.Said("INVITE im"));
    });

    [Fact]
    public void Who_sends_messages_each_by_itself_and_takes_a_session_later_gets_sessions_from_then_on() => _lab.Run(async () =>
    {
        _lab.Welcome();
        await _lab.Server.PageAsync("bob", "one");
        await _lab.DelayAsync(1);
        await _lab.MeetAsync();
        await _lab.Server.SendInDialogAsync("im", "BYE");
        await _lab.DelayAsync(1);

        Assert.True((await _lab.Messages.SendMessageAsync("two")).IsDelivered);

        Assert.Single(_lab.Said("INVITE im"));
        Assert.Empty(_lab.Said("MESSAGE"));
    });

    [Fact]
    public void A_server_that_filters_contents_is_not_taken_for_a_plain_client() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(606, "Warning: 309 pool.contoso.com \"URLs are not allowed\"\r\n\r\n");

        var delivery = await _lab.Messages.SendMessageAsync("http://example.com");

        Assert.Equal((DeliveryOutcome.Failed, 606), (delivery.Recipients.Single().Outcome, delivery.Recipients.Single().StatusCode));
        Assert.Empty(_lab.Said("MESSAGE"));
    });

    [Theory]
    [InlineData(200, DeliveryOutcome.Delivered)]
    [InlineData(202, DeliveryOutcome.Unconfirmed)]
    [InlineData(404, DeliveryOutcome.Failed)]
    [InlineData(480, DeliveryOutcome.Failed)]
    [InlineData(408, DeliveryOutcome.Unconfirmed)]
    public void The_answer_to_a_message_by_itself_is_its_outcome(int status, DeliveryOutcome outcome) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(488);
        _lab.Server.Answers["MESSAGE"] = _lab.Says(status);

        Assert.Equal(outcome, (await _lab.Messages.SendMessageAsync("one")).Recipients.Single().Outcome);
        Assert.Single(_lab.Said("MESSAGE"));
    });

    [Fact]
    public void Typing_goes_both_ways_as_plain_clients_say_it() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(488);
        await _lab.Messages.SendMessageAsync("one");

        await _lab.Messages.SetComposingAsync(true);
        await _lab.Messages.SetComposingAsync(false);
        const string Document = "<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>active</state></isComposing>";
        await _lab.Server.PageAsync("bob", Document, contentType: "application/im-iscomposing+xml");
        await _lab.DelayAsync(1);

        var said = _lab.Said("MESSAGE").Where(message => message.ContentType == "application/im-iscomposing+xml").Select(message => message.BodyText).ToArray();
        Assert.Contains("<state>active</state>", said[0], StringComparison.Ordinal);
        Assert.Contains("<refresh>60</refresh>", said[0], StringComparison.Ordinal);
        Assert.Contains("<state>idle</state>", said[1], StringComparison.Ordinal);
        Assert.Single(_lab.Messages.TypingParticipants);
        await _lab.DelayAsync(120);
        Assert.Empty(_lab.Messages.TypingParticipants);
    });

    [Fact]
    public void A_plain_client_is_told_again_before_what_it_was_told_ends() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(488);
        await _lab.Messages.SendMessageAsync("one");
        await _lab.Messages.SetComposingAsync(true);
        await _lab.DelayAsync(49);
        Assert.Equal(1, _lab.Said("MESSAGE").Count(message => message.BodyText.Contains("<state>active</state>", StringComparison.Ordinal)));
        await _lab.DelayAsync(2);
        Assert.Equal(2, _lab.Said("MESSAGE").Count(message => message.BodyText.Contains("<state>active</state>", StringComparison.Ordinal)));
    });

    [Fact]
    public void A_stranger_that_types_is_nobody_to_ask_about() => _lab.Run(async () =>
    {
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (_, _) => throw new InvalidOperationException("nobody is to be asked");
        await _lab.Server.PageAsync("bob", "<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>active</state></isComposing>", contentType: "application/im-iscomposing+xml");
        await _lab.DelayAsync(1);

        Assert.Contains("bob: 415 MESSAGE", _lab.Server.Log);
        Assert.Empty(_lab.Bob.ConversationManager.Conversations);
    });
}
