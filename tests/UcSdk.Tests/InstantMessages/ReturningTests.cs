namespace UcSdk.Tests;

/// <summary>Whoever invites again: to which conversation they come, and whether the user is asked.</summary>
public sealed class ReturningTests
{
    private readonly MessageLab _lab = new();

    [Fact]
    public void Who_comes_with_an_id_comes_to_the_conversation_that_has_it_or_to_a_new_one_where_none_is_going_on() => _lab.Run(async () =>
    {
        var conversations = new List<string>();
        foreach (var (callId, id) in new[] { ("c1", "conv-1"), ("c2", "conv-2"), ("c3", "conv-2"), ("c4", "conv-1") })
        {
            await _lab.MeetAsync(callId, $"Ms-Conversation-ID: {id}\r\n");
            conversations.Add(string.Join(", ", _lab.Bob.ConversationManager.Conversations.Select(conversation => $"{conversation.Id} {conversation.State}")));
            await _lab.Server.SendInDialogAsync("im", "BYE");
            await _lab.DelayAsync(1);
        }

        Assert.Equal(
            ["conv-1 Active", "conv-1 Inactive, conv-2 Active", "conv-1 Inactive, conv-2 Active", "conv-1 Active, conv-2 Inactive"],
            conversations);
    });

    [Fact]
    public void A_conversation_whose_id_is_empty_has_none_and_gets_one() => _lab.Run(async () =>
    {
        await _lab.MeetAsync(headers: "Ms-Conversation-ID: \r\n");
        Assert.NotEmpty(_lab.Conversation.Id);
    });

    [Fact]
    public void A_client_that_has_no_lasting_ids_comes_back_by_who_it_is_and_a_stranger_with_the_id_does_not() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.Server.InviteToMessagesAsync("bob", "c2", "Ms-Conversation-ID: 77\r\n");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c2", "ACK");
        Assert.Single(_lab.Bob.ConversationManager.Conversations);

        await _lab.Server.InviteToMessagesAsync("bob", "c3", "Ms-Conversation-ID: conv-1\r\n", from: "mallory");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c3", "ACK");
        await _lab.DelayAsync(1);

        Assert.Equal(["sip:alice@contoso.com", "sip:mallory@contoso.com"], _lab.Bob.ConversationManager.Conversations.Select(conversation => conversation.Participants[1].Uri));
    });

    [Fact]
    public void Who_comes_back_to_a_conversation_is_not_asked_about_and_the_old_session_ends() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (_, _) => throw new InvalidOperationException("nobody is to be asked");

        await _lab.Server.InviteToMessagesAsync("bob", "c2", "Ms-Conversation-ID: conv-1\r\n" + Texts.FirstMessage("SGVsbG8="));
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c2", "ACK");
        await _lab.DelayAsync(1);

        Assert.Single(_lab.Bob.ConversationManager.Conversations);
        Assert.Equal("i" + "c1", _lab.Said("BYE im").Single().To!.Tag);
        Assert.Equal(["Incoming alice: Hello"], _lab.Shown);
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
        Assert.True((await _lab.Messages.SendMessageAsync("Hi")).IsDelivered);
        Assert.Equal("c2", _lab.Said("MESSAGE im").Single().CallId);
    });
}
