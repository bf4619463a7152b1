using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>The INVITE that begins a session of instant messages, as Lync writes it, and what is read out of one.</summary>
internal static class MessageInvite
{
    /// <summary>What clients require that talk in groups without a server; here each of them has a conversation between two.</summary>
    public const string Multiparty = "com.microsoft.rtc-multiparty";

    // As in a trace of Skype for Business 2016, without what is not done here.
    private static readonly string[] Supported = ["ms-embedded-first-message", "ms-delayed-accept", "histinfo", "ms-sender", Multiparty, "ms-conf-invite"];

    private static readonly (InstantMessageCapabilities Capability, string Token)[] Renders =
    [
        (InstantMessageCapabilities.CanRenderIsf, "ms-renders-isf"), (InstantMessageCapabilities.CanRenderGif, "ms-renders-gif"), (InstantMessageCapabilities.SupportMime, "ms-renders-mime-alternative"),
    ];

    /// <summary>An INVITE to a user.</summary>
    public static SipRequest ToUser(ServerConnection connection, SipUri target, Conversation conversation, InstantMessageContent? first)
    {
        var invite = connection.CreateRequest(SipMethod.Invite, target);
        invite.Headers.Add(HeaderName.MsConversationId, conversation.Id);
        AddSupported(invite, conversation.OwnCapabilities);
        if (conversation.Subject.Length > 0)
        {
            invite.Headers.Add(HeaderName.Subject, conversation.Subject);
        }

        if (conversation.Importance != ConversationImportance.Normal)
        {
            invite.Headers.Add(MessageHeaders.Priority, TextOf(conversation.Importance));
        }

        var self = connection.User.AddressOfRecord.Text;
        invite.Headers.Add(MessageHeaders.RosterManager, self);
        invite.Headers.Add(MessageHeaders.EndPoints, $"<{self}>, <{target.AddressOfRecord.Text}>");
        if (first is not null)
        {
            MessageBodies.WriteFirst(invite, first);
        }

        return invite;
    }

    /// <summary>What the application says in the INVITE; null when nothing.</summary>
    public static BodyPart? ContextOf(ServerConnection connection, Conversation conversation, ModelContext context)
    {
        if (conversation.InvitationContext is not { } said)
        {
            return null;
        }

        var (self, peer) = (new ConversationContextParticipant(connection.User.AddressOfRecord.Text), new ConversationContextParticipant(conversation.Peer!.Text));
        var document = new ConversationContext(context.Random.NextGuid().ToString(), self, peer)
        {
            Participants = [self, peer],
            Date = context.WallClock,
            Modes = ["im"],
            ConversationId = conversation.Id,
            DataFormat = said.DataFormat,
            Data = said.Data,
            ApplicationId = said.ApplicationId,
        };
        var part = new BodyPart(ContentTypes.ConversationContext, document.ToBytes());
        // Who does not know it passes it over (RFC 5621 §3.1).
        part.Headers.Add(HeaderName.ContentDisposition, "render; handling=optional");
        return part;
    }

    /// <summary>An INVITE to the IM MCU of a conference.</summary>
    public static SipRequest ToConference(ServerConnection connection, SipUri mcu, string conversationId)
    {
        var invite = connection.CreateRequest(SipMethod.Invite, mcu);
        invite.Headers.Add(HeaderName.MsConversationId, conversationId);
        invite.Headers.Add(HeaderName.Supported, "ms-sender");
        invite.Headers.Add(HeaderName.Supported, "ms-renders-mime-alternative");
        invite.Headers.Add(HeaderName.PPreferredIdentity, $"<{connection.User.Text}>");
        return invite;
    }

    public static void AddSupported(SipMessage message, InstantMessageCapabilities capabilities)
    {
        foreach (var token in Supported)
        {
            message.Headers.Add(HeaderName.Supported, token);
        }

        foreach (var (capability, token) in Renders)
        {
            if (capabilities.HasFlag(capability))
            {
                message.Headers.Add(HeaderName.Supported, token);
            }
        }
    }

    /// <summary>What an INVITE, or a MESSAGE in page mode, says about who sends it and why.</summary>
    /// <param name="request">The request.</param>
    /// <param name="self">The user who gets it.</param>
    public static InvitationInfo Read(SipRequest request, SipUri self)
    {
        var from = request.From!;
        var asserted = ReadFirst(request, HeaderName.PAssertedIdentity);
        var inviter = asserted is { Uri.IsSip: true } ? asserted : from;
        var isOther = !inviter.Uri.AddressOfRecord.Equals(from.Uri.AddressOfRecord);
        return new InvitationInfo
        {
            InviterUri = (isOther ? from : inviter).Uri.AddressOfRecord.Text,
            InviterName = from.DisplayName.Length > 0 ? from.DisplayName : inviter.DisplayName,
            Subject = request.Headers[HeaderName.Subject] ?? "",
            Importance = ImportanceOf(request.Headers[MessageHeaders.Priority]),
            FirstMessage = request.Method.IsInvite ? MessageBodies.ReadFirst(request) : MessageBodies.TryRead(request, InstantMessageCapabilities.None, out var page) ? page : null,
            Context = ReadContext(request),
            ForwardedBy = ForwarderOf(request, self),
            ReferredBy = ReadFirst(request, HeaderName.ReferredBy)?.Uri.AddressOfRecord.Text,
            OnBehalfOf = isOther ? inviter.Uri.AddressOfRecord.Text : null,
            IsPageMode = !request.Method.IsInvite,
        };
    }

    private static InvitationContext? ReadContext(SipRequest request)
    {
        if (!MultipartBody.TryRead(request, out var body, out _) || body.Find(ContentTypes.ConversationContext) is not { } part || !ConversationContext.TryRead(part.Content, out var context, out _)
            || context.Data is not { Length: <= InvitationContext.MaxLength } data || string.IsNullOrWhiteSpace(data))
        {
            return null;
        }

        return new(data, NameOf(context.DataFormat) ?? ContentTypes.PlainText) { ApplicationId = NameOf(context.ApplicationId) };

        static string? NameOf(string? said) => string.IsNullOrWhiteSpace(said) || said.Length > ContextData.MaxNameLength ? null : said;
    }

    // RFC 7044 §4: the first entry is whom the inviter meant; when more follow, it was sent on from there. To is no sign of it: it stays as the inviter wrote it.
    private static string? ForwarderOf(SipRequest request, SipUri self)
    {
        string? first = null;
        var count = 0;
        foreach (var entry in request.Headers.GetList(MessageHeaders.HistoryInfo))
        {
            if (NameAddr.TryParse(entry, out var address))
            {
                first ??= address.Uri.AddressOfRecord.Text;
                count++;
            }
        }

        return count > 1 && !first!.Equals(self.AddressOfRecord.Text, StringComparison.OrdinalIgnoreCase) ? first : null;
    }

    private static NameAddr? ReadFirst(SipRequest request, HeaderName name)
    {
        foreach (var entry in request.Headers.GetList(name))
        {
            if (NameAddr.TryParse(entry, out var address))
            {
                return address;
            }
        }

        return null;
    }

    private static string TextOf(ConversationImportance importance) => importance switch
    {
        ConversationImportance.Low => "non-urgent",
        ConversationImportance.High => "urgent",
        ConversationImportance.Emergency => "emergency",
        _ => "normal",
    };

    private static ConversationImportance ImportanceOf(string? priority) => priority?.Trim().ToLowerInvariant() switch
    {
        "non-urgent" => ConversationImportance.Low,
        "urgent" => ConversationImportance.High,
        "emergency" => ConversationImportance.Emergency,
        _ => ConversationImportance.Normal,
    };
}
