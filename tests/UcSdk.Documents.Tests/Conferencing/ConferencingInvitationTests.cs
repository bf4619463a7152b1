namespace UcSdk.Documents.Tests;

public sealed class ConferencingInvitationTests
{
    private const string Focus = "sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B";

    [Fact]
    public void An_invitation_is_written_in_the_order_that_clients_know()
    {
        var invitation = new ConferencingInvitation(Focus)
        {
            Subject = "Plans & more",
            InstantMessaging = true,
            FirstInstantMessage = "",
            Audio = true,
            Video = false,
            ApplicationSharing = false,
            ConversationId = "abc",
        };

        Assert.Equal(
            $"""<Conferencing version="2.0"><focus-uri>{Focus}</focus-uri><subject>Plans &amp; more</subject><im available="true"><first-im/></im><audio available="true"/><video available="false"/><applicationsharing available="false"/><conversation-id>abc</conversation-id></Conferencing>""",
            TestDocuments.Text(invitation.ToBytes()));
        Assert.Equal(invitation, Read(TestDocuments.Text(invitation.ToBytes())));
    }

    [Fact]
    public void Only_the_focus_is_mandatory()
    {
        var invitation = Read($"<Conferencing version='2.0'>\n <focus-uri>\n{Focus} </focus-uri></Conferencing>");

        Assert.Equal(new ConferencingInvitation(Focus), invitation);
    }

    [Fact]
    public void A_medium_named_without_saying_whether_it_is_there_is_there()
    {
        var invitation = Read($"<Conferencing><focus-uri>{Focus}</focus-uri><im><first-im>aGk=</first-im></im><audio available='FALSE'/></Conferencing>");

        Assert.True(invitation.InstantMessaging);
        Assert.Equal("aGk=", invitation.FirstInstantMessage);
        Assert.False(invitation.Audio);
        Assert.Null(invitation.Video);
    }

    [Fact]
    public void What_we_do_not_know_survives()
    {
        const string text = "<Conferencing version=\"2.1\" x=\"1\"><focus-uri>sip:a@b</focus-uri><whiteboard color=\"red\"><pen/></whiteboard></Conferencing>";

        Assert.Equal(text, TestDocuments.Text(Read(text).ToBytes()));
    }

    [Theory]
    [InlineData("<Conferencing/>")]
    [InlineData("<Conferencing><focus-uri> </focus-uri></Conferencing>")]
    [InlineData("<Invitation><focus-uri>sip:a@b</focus-uri></Invitation>")]
    [InlineData("not xml")]
    public void An_invitation_to_nowhere_is_refused(string text)
    {
        Assert.False(ConferencingInvitation.TryRead(TestDocuments.Utf8(text), out var invitation, out var error));
        Assert.Null(invitation);
        Assert.False(error.IsNone);
    }

    [Fact]
    public void Text_of_an_invitation_shows_neither_subject_nor_message()
    {
        Assert.Equal($"Conferencing {Focus}", new ConferencingInvitation(Focus) { Subject = "Merger", FirstInstantMessage = "aGk=" }.ToString());
    }

    private static ConferencingInvitation Read(string text)
    {
        Assert.True(ConferencingInvitation.TryRead(TestDocuments.Utf8(text), out var invitation, out var error), error.ToString());
        return invitation;
    }
}
