namespace UcSdk.Tests;

/// <summary>Clients that talk in groups without a server (Live Communications Server 2005, SIPE): here a conversation between two with each of them.</summary>
public sealed class LegacyGroupTests
{
    private const string Headers =
        "EndPoints: <sip:alice@contoso.com>, <sip:bob@contoso.com>;epid=1, <sip:carol@contoso.com>\r\nRoster-Manager: <sip:alice@contoso.com>\r\n"
        + "Require: com.microsoft.rtc-multiparty\r\nSupported: com.microsoft.rtc-multiparty\r\n";

    private readonly MessageLab _lab = new();

    [Fact]
    public void Who_invites_to_a_group_talks_with_bob_alone_and_so_does_everybody_else_of_it() => _lab.Run(async () =>
    {
        await _lab.MeetAsync("group", Headers + "Ms-Conversation-ID: group\r\n" + Texts.FirstMessage("SGVsbG8="));
        var alices = _lab.Conversation;

        // A triggered INVITE has the Call-ID of the group; only From tells it apart.
        await _lab.Server.InviteToMessagesAsync("bob", "carols", Headers + "TriggeredInvite: TRUE\r\nMs-Conversation-ID: group\r\nReferred-By: <sip:alice@contoso.com>;epid=1\r\n", "carol");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("carols", "ACK");
        await _lab.DelayAsync(0.05);

        Assert.Equal(2, _lab.Server.Log.Count(line => line == "bob: 200 INVITE im"));
        Assert.Equal(
            ["sip:alice@contoso.com", "sip:carol@contoso.com"],
            _lab.Bob.ConversationManager.Conversations.Select(conversation => conversation.Participants.Single(participant => !participant.IsSelf).Uri));
        Assert.All(_lab.Bob.ConversationManager.Conversations, conversation => Assert.Equal(ModalityState.Connected, conversation.InstantMessageModality.State));
        Assert.Equal("sip:alice@contoso.com", _lab.Conversation.InstantMessageModality.Invitation!.ReferredBy);
        Assert.Null(alices.InstantMessageModality.Invitation!.ReferredBy);
        Assert.True((await alices.InstantMessageModality.SendMessageAsync("Hi")).IsDelivered);
    });

    [Theory]
    [InlineData("RequestRM", " bid=\"7\"", "<RequestRMResponse uri=\"sip:alice@contoso.com\" allow=\"false\"/>")]
    [InlineData("SetRM", "", "<SetRMResponse uri=\"sip:alice@contoso.com\"/>")]
    public void Who_wants_to_lead_the_group_is_answered_and_may_not(string kind, string bid, string answer) => _lab.Run(async () =>
    {
        await _lab.MeetAsync(headers: Headers);
        await _lab.Server.SendInDialogAsync(
            "im",
            "INFO",
            Texts.Message($"<?xml version=\"1.0\"?>\r\n<action xmlns=\"http://schemas.microsoft.com/sip/multiparty/\"><{kind} uri=\"sip:alice@contoso.com\"{bid}/></action>", "application/x-ms-mim"));
        await _lab.DelayAsync(0.05);

        var response = _lab.Server.Responses[^1];
        Assert.Equal((200, "application/x-ms-mim"), (response.StatusCode, response.ContentType));
        Assert.Equal($"<action xmlns=\"http://schemas.microsoft.com/sip/multiparty/\">{answer}</action>", response.BodyText);
        Assert.Empty(_lab.Shown);
    });

    [Fact]
    public void Whom_the_group_is_to_get_beside_bob_cannot_be_asked_of_him() => _lab.Run(async () =>
    {
        await _lab.MeetAsync(headers: Headers);
        await _lab.Server.SendInDialogAsync(
            "im", "REFER", "Refer-To: <sip:dave@contoso.com>\r\nReferred-By: <sip:alice@contoso.com>\r\nRequire: com.microsoft.rtc-multiparty\r\nContact: <sip:alice@contoso.com>\r\n\r\n");
        await _lab.DelayAsync(0.05);

        Assert.Equal(405, _lab.Server.Responses[^1].StatusCode);
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
    });
}
