namespace UcSdk.Documents.Tests;

public sealed class MessagingDocumentsTests
{
    [Theory]
    [InlineData("type", true)]
    [InlineData("idle", false)]
    [InlineData("TYPE", true)]
    [InlineData("sleeping", false)]
    public void Typing_is_told_by_a_document_without_namespace(string status, bool isTyping)
    {
        Assert.True(KeyboardActivity.TryRead(TestDocuments.Utf8($"<?xml version=\"1.0\"?><KeyboardActivity><status status=\"{status}\"/></KeyboardActivity>"), out var activity, out var error), error.ToString());

        Assert.Equal((isTyping, status), (activity.IsTyping, activity.Status));
        Assert.Equal($"<KeyboardActivity><status status=\"{status}\"/></KeyboardActivity>", TestDocuments.Text(activity.ToBytes()));
    }

    [Theory]
    [InlineData("<KeyboardActivity/>")]
    [InlineData("<KeyboardActivity><status/></KeyboardActivity>")]
    [InlineData("<Keyboard><status status='type'/></Keyboard>")]
    [InlineData("<KeyboardActivity>")]
    public void Typing_without_a_status_is_none(string body)
    {
        Assert.False(KeyboardActivity.TryRead(TestDocuments.Utf8(body), out var activity, out var error));
        Assert.Null(activity);
        Assert.False(error.IsNone);
    }

    [Fact]
    public void The_rfcs_composing_documents_are_understood_and_survive()
    {
        var bytes = TestDocuments.Read("rfc3994-5-active.xml");
        Assert.True(IsComposing.TryRead(bytes, out var active, out var error), error.ToString());
        Assert.Equal((true, "text/plain", 90u, TimeSpan.FromSeconds(90)), (active.IsActive, active.ContentType, active.Refresh, active.Lifetime));
        PresenceDocumentsTests.AssertSameTree(bytes, active.ToBytes());

        bytes = TestDocuments.Read("rfc3994-5-idle.xml");
        Assert.True(IsComposing.TryRead(bytes, out var idle, out error), error.ToString());
        Assert.Equal((false, "audio", IsComposing.DefaultRefresh), (idle.IsActive, idle.ContentType, idle.Lifetime));
        Assert.Equal(new DateTimeOffset(2003, 1, 27, 10, 43, 0, TimeSpan.Zero), idle.LastActive);
        PresenceDocumentsTests.AssertSameTree(bytes, idle.ToBytes());
    }

    // As SIPE 1.25 asks, and answers.
    [Fact]
    public void The_election_of_a_roster_manager_is_read_and_answered()
    {
        const string Asked = "<action xmlns=\"http://schemas.microsoft.com/sip/multiparty/\"><RequestRM uri=\"sip:alice@contoso.com\" bid=\"4711\"/></action>";
        Assert.True(RosterManagerAction.TryRead(TestDocuments.Utf8("<?xml version=\"1.0\"?>\r\n" + Asked), out var asked, out var error), error.ToString());
        Assert.Equal((RosterManagerAction.Request, "sip:alice@contoso.com", 4711u), (asked.Kind, asked.Uri, asked.Bid));
        Assert.Equal(Asked, TestDocuments.Text(asked.ToBytes()));
        Assert.Equal(
            "<action xmlns=\"http://schemas.microsoft.com/sip/multiparty/\"><RequestRMResponse uri=\"sip:alice@contoso.com\" allow=\"false\"/></action>",
            TestDocuments.Text(asked.Answer(isAllowed: false)));

        Assert.True(MessagingDocument.TryRead("application/x-ms-mim", TestDocuments.Utf8(Asked.Replace("RequestRM", "SetRM", StringComparison.Ordinal)), out var set, out error), error.ToString());
        Assert.Equal("<action xmlns=\"http://schemas.microsoft.com/sip/multiparty/\"><SetRMResponse uri=\"sip:alice@contoso.com\"/></action>", TestDocuments.Text(((RosterManagerAction)set).Answer(true)));
        Assert.Equal("SetRM", set.ToString());
        var more = Asked.Replace("<action ", "<action a=\"1\" ", StringComparison.Ordinal).Replace("</action>", "<more/></action>", StringComparison.Ordinal);
        Assert.True(RosterManagerAction.TryRead(TestDocuments.Utf8(more), out var extended, out error), error.ToString());
        PresenceDocumentsTests.AssertSameTree(TestDocuments.Utf8(more), extended.ToBytes());
        Assert.False(MessagingDocument.TryRead("application/x-ms-mim", TestDocuments.Utf8("<action xmlns=\"http://schemas.microsoft.com/sip/multiparty/\"><RequestRM/></action>"), out _, out _));
        Assert.False(MessagingDocument.TryRead("application/x-ms-mim", TestDocuments.Utf8("<action/>"), out _, out _));
    }

    [Theory]
    [InlineData("<isComposing/>")]
    [InlineData("<isComposing><state> </state></isComposing>")]
    [InlineData("<iscomposing><state>active</state></iscomposing>")]
    public void Composing_without_a_state_is_none(string body) =>
        Assert.False(IsComposing.TryRead(TestDocuments.Utf8(body), out _, out _));

    [Fact]
    public void The_specifications_delivery_notification_names_who_does_not_have_the_message()
    {
        var bytes = TestDocuments.Read("ms-confim-2.2.1-imdn.xml");
        Assert.True(InstantMessageDeliveryNotification.TryRead(bytes, out var notification, out var error), error.ToString());

        Assert.Equal("2", notification.MessageId);
        var bob = Assert.Single(notification.Failed);
        Assert.Equal((408u, "sip:bob@contoso.com;opaque=user:epid:d7NL6_mHNFSL3I1rbITi2gAA;gruu"), (bob.Status, bob.Address));
        Assert.Equal("""6001;source="server.microsoft.com"; reason="Request Timeout";component="ImMcu" """.Trim(), bob.Diagnostics);
        PresenceDocumentsTests.AssertSameTree(bytes, notification.ToBytes());
        Assert.DoesNotContain("bob", notification.ToString() + bob + bob.Entries[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_notification_without_recipients_says_that_everybody_has_the_message()
    {
        var notification = new InstantMessageDeliveryNotification("7");
        Assert.Equal("""<imdn xmlns="http://schemas.microsoft.com/rtc/2005/08/imdn"><message-id>7</message-id></imdn>""", TestDocuments.Text(notification.ToBytes()));
        Assert.True(InstantMessageDeliveryNotification.TryRead(notification.ToBytes(), out var again, out _));
        Assert.Empty(again.Failed);
        Assert.Equal(notification, again);
    }

    [Fact]
    public void A_recipient_without_a_status_or_with_one_from_300_has_not_got_the_message()
    {
        var notification = new InstantMessageDeliveryNotification("7")
        {
            Recipients = [DeliveryRecipient.Failure("sip:a@x", 300), new("<sip:b@x>") { Status = 299 }, new("sip:c@x"), DeliveryRecipient.Failure("sip:d@x", 415, "1;reason=\"no\"")],
        };
        Assert.True(InstantMessageDeliveryNotification.TryRead(notification.ToBytes(), out var again, out _));

        Assert.Equal(notification, again);
        Assert.Equal(["sip:a@x", "sip:c@x", "sip:d@x"], again.Failed.Select(recipient => recipient.Address));
        Assert.Equal([null, null, "1;reason=\"no\""], again.Failed.Select(recipient => recipient.Diagnostics));
    }

    [Theory]
    [InlineData("<imdn/>")]
    [InlineData("<imdn><message-id/></imdn>")]
    [InlineData("<imdn><message-id>1</message-id><recipient><status>408</status></recipient></imdn>")]
    public void A_delivery_notification_without_ids_is_none(string body) =>
        Assert.False(InstantMessageDeliveryNotification.TryRead(TestDocuments.Utf8(body), out _, out _));

    [Fact]
    public void The_rfcs_disposition_notification_is_understood_and_survives()
    {
        Assert.True(MessageDispositionNotification.TryRead(TestDocuments.Read("rfc5438-delivery.xml"), out var notification, out var error), error.ToString());

        Assert.Equal(("34jk324j", DispositionKind.Delivery, "delivered", true), (notification.MessageId, notification.Kind, notification.Status, notification.IsPositive));
        Assert.Equal(("im:bob@example.com", "im:bob@example.com"), (notification.RecipientUri, notification.OriginalRecipientUri));
        Assert.Equal(new DateTimeOffset(2008, 4, 4, 17, 16, 49, TimeSpan.Zero), notification.SentAt);
        Assert.True(MessageDispositionNotification.TryRead(notification.ToBytes(), out var again, out _));
        Assert.Equal(notification, again);
    }

    [Theory]
    [InlineData("display-notification", "displayed", DispositionKind.Display, true)]
    [InlineData("processing-notification", "stored", DispositionKind.Processing, true)]
    [InlineData("delivery-notification", "forbidden", DispositionKind.Delivery, false)]
    [InlineData("delivery-notification", "failed", DispositionKind.Delivery, false)]
    public void Dispositions_are_told_apart(string element, string status, DispositionKind kind, bool isPositive)
    {
        Assert.True(MessageDispositionNotification.TryRead(
            TestDocuments.Utf8($"<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>1</message-id><{element}><status><{status}/></status></{element}></imdn>"), out var notification, out _));
        Assert.Equal((kind, status, isPositive), (notification.Kind, notification.Status, notification.IsPositive));
    }

    [Fact]
    public void The_specifications_conversation_context_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("ms-sipre-4.11-callContext.xml");
        Assert.True(ConversationContext.TryRead(bytes, out var context, out var error), error.ToString());

        Assert.Equal(("0734aae0-a714-45d9-87bc-20ed9d432b80", "a4f266f1a6914acb99cddef15659e38c"), (context.Id, context.ConversationId));
        Assert.Equal(("sip:alice@contoso.com", "sip:marco@contoso.com"), (context.From.Uri, context.To.Uri));
        Assert.Equal([("sip:alice@contoso.com", "Alice"), ("sip:bob@contoso.com", null)], context.Participants.Select(one => (one.Uri, one.DisplayName)));
        Assert.Equal(["audio"], context.Modes);
        Assert.Equal(("text/plain", "Waiting time: 00:00:18"), (context.DataFormat, context.Data));
        PresenceDocumentsTests.AssertSameTree(bytes, context.ToBytes());
    }

    [Fact]
    public void The_application_that_says_something_is_named_beside_what_the_specification_has()
    {
        var context = new ConversationContext("1", new("sip:alice@contoso.com"), new("sip:bob@contoso.com")) { DataFormat = "text/plain", Data = "a\r\nb", ApplicationId = "app" };

        Assert.Contains("applicationId", TestDocuments.Text(context.ToBytes()), StringComparison.Ordinal);
        Assert.True(ConversationContext.TryRead(context.ToBytes(), out var read, out var error), error.ToString());
        Assert.Equal(("app", "a\r\nb"), (read.ApplicationId, read.Data));
        Assert.Empty(read.Extensions);
        Assert.DoesNotContain("applicationId", TestDocuments.Text((context with { ApplicationId = null }).ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_subject_is_told()
    {
        const string Body = """<ConversationInfo><From uri="sip:alice@contoso.com"/><Subject>Lunch &amp; more</Subject></ConversationInfo>""";
        Assert.True(ConversationInfo.TryRead(TestDocuments.Utf8(Body), out var info, out var error), error.ToString());

        Assert.Equal(("sip:alice@contoso.com", "Lunch & more"), (info.From, info.Subject));
        Assert.Equal(Body, TestDocuments.Text(info.ToBytes()));
    }

    [Theory]
    [InlineData("application/xml", "<KeyboardActivity><status status='type'/></KeyboardActivity>", typeof(KeyboardActivity))]
    [InlineData("application/xml;charset=utf-8", "<ConversationInfo/>", typeof(ConversationInfo))]
    [InlineData("Application/XML", "<isComposing><state>idle</state></isComposing>", typeof(IsComposing))]
    [InlineData("application/xml", "<imdn><message-id>1</message-id></imdn>", typeof(InstantMessageDeliveryNotification))]
    [InlineData("application/im-iscomposing+xml", "<isComposing><state>idle</state></isComposing>", typeof(IsComposing))]
    [InlineData("application/ms-imdn+xml", "<imdn><message-id>1</message-id></imdn>", typeof(InstantMessageDeliveryNotification))]
    [InlineData("message/imdn+xml", "<imdn><message-id>1</message-id><delivery-notification><status><failed/></status></delivery-notification></imdn>", typeof(MessageDispositionNotification))]
    [InlineData("application/xml+conversationinfo", "<ConversationInfo/>", typeof(ConversationInfo))]
    [InlineData("application/ms-conversation-context+xml", "<XmlConvContext><id>1</id><from><uri>a</uri></from><to><uri>b</uri></to></XmlConvContext>", typeof(ConversationContext))]
    public void A_document_is_known_by_its_type_or_its_root(string contentType, string body, Type expected)
    {
        Assert.True(MessagingDocument.TryRead(contentType, TestDocuments.Utf8(body), out var document, out var error), error.ToString());
        Assert.IsType(expected, document);
    }

    [Theory]
    [InlineData("application/xml", "<RequestRM/>", "RequestRM", "media type of a messaging document")]
    [InlineData("application/csta+xml", "<RequestRM/>", "", "media type of a messaging document")]
    [InlineData(null, "", "", "media type of a messaging document")]
    [InlineData("application/xml", "<KeyboardActivity/>", "KeyboardActivity/status", "KeyboardActivity/status")]
    [InlineData("application/xml", "", "", "XML 1.0 §2.1")]
    public void What_is_no_document_of_a_session_says_whether_its_type_or_its_content_is_to_blame(string? contentType, string body, string where, string rule)
    {
        Assert.False(MessagingDocument.TryRead(contentType, TestDocuments.Utf8(body), out _, out var error));
        Assert.Equal((where, rule), (error.Where, error.Rule));
    }

    [Fact]
    public void The_first_message_of_an_invitation_is_text()
    {
        var invitation = new ConferencingInvitation("sip:focus") { FirstMessageText = "Grüße" };
        Assert.True(ConferencingInvitation.TryRead(invitation.ToBytes(), out var again, out _));
        Assert.Equal(("Grüße", "R3LDvMOfZQ=="), (again.FirstMessageText, again.FirstInstantMessage));
        Assert.Null((again with { FirstInstantMessage = "<not base64>" }).FirstMessageText);
        Assert.Null((again with { FirstMessageText = null }).FirstInstantMessage);
    }
}
