using System.Text;
using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Fuzz;

/// <summary>What instant messages travel in. An input is a Content-Type, a line end, and the body.</summary>
internal static class MessagingTargets
{
    private static readonly string[] Types =
    [
        ContentTypes.Xml, ContentTypes.IsComposing, ContentTypes.MessageDeliveryNotification, ContentTypes.MessageDispositionNotification, ContentTypes.ConversationInfo,
        ContentTypes.ConversationContext, ContentTypes.RosterManager, "text/plain; charset=UTF-8;msgr=WAAtAE0ATQBTAC0ASQBNAC0ARgBvAHIAbQBhAHQAOgAgAEYATgA9AEEA", "text/html;charset=\"shift_jis\"", "text/rtf; charset=utf-7",
        "text/plain; charset=UTF-8;ms-body=aGVsbG8=", "image/gif", "",
    ];

    private static readonly string[] Bodies =
    [
        "<KeyboardActivity><status status='type'/></KeyboardActivity>", "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>active</state><refresh>60</refresh></isComposing>",
        "<imdn xmlns='http://schemas.microsoft.com/rtc/2005/08/imdn'><message-id>2</message-id><recipient uri='&lt;sip:b@x&gt;'><status>408</status><entry><key>k</key><value>v</value></entry></recipient></imdn>",
        "<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>3</message-id><datetime>2008-04-04T12:16:49-05:00</datetime><display-notification><status><displayed/></status></display-notification></imdn>",
        "<ConversationInfo><From uri='sip:a@b'/><Subject>s</Subject></ConversationInfo>",
        "<c:XmlConvContext xmlns:c='x'><c:id>1</c:id><c:from><c:uri>a</c:uri></c:from><c:to><c:uri>b</c:uri></c:to><c:participants><c:participant><c:uri>c</c:uri></c:participant></c:participants><c:mode>im</c:mode></c:XmlConvContext>",
        "<action xmlns='http://schemas.microsoft.com/sip/multiparty/'><RequestRM uri='sip:a@b' bid='7'/></action>",
        "X-MMS-IM-Format: FN=Segoe%20UI; EF=BI; CO=ff00; CS=0; PF=22; RL=1", "hello =C3=A9=\r\n", "aGVsbG8=",
    ];

    public static readonly FuzzTarget Documents = new("im-documents", "im-documents", Run, Generate);

    private static void Run(byte[] input, RandomSource random)
    {
        var line = Array.IndexOf(input, (byte)'\n');
        var type = Encoding.UTF8.GetString(input.AsSpan(0, Math.Max(line, 0))).Trim();
        var body = input.AsMemory(line + 1);
        Document(type, body);
        Message(type, body);
    }

    private static void Document(string type, ReadOnlyMemory<byte> body)
    {
        var isRead = MessagingDocument.TryRead(type, body, out var document, out var error);
        FuzzFinding.Require(isRead == (document is not null) && isRead == error.IsNone, "a document or an error, never both");
        var bytes = document switch
        {
            KeyboardActivity activity => activity.ToBytes(),
            IsComposing composing => composing.ToBytes(),
            InstantMessageDeliveryNotification delivery => delivery.ToBytes(),
            MessageDispositionNotification disposition => disposition.ToBytes(),
            ConversationInfo info => info.ToBytes(),
            ConversationContext context => context.ToBytes(),
            RosterManagerAction action => action.ToBytes(),
            _ => null,
        };
        if (bytes is not null)
        {
            FuzzFinding.Require(MessagingDocument.TryRead(type, bytes, out var again, out error) && again == document, $"{document!.GetType().Name} survives: {error}");
        }
    }

    private static void Message(string type, ReadOnlyMemory<byte> body)
    {
        MessagePart[] parts = [new(type, body), new(type, body) { TransferEncoding = "base64" }, new(type, body) { TransferEncoding = "quoted-printable" }];
        // The tables of a charset are made when it is first named, once for the process.
        _ = MessageContent.Read(parts);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var content = MessageContent.Read(parts);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        FuzzFinding.Require(allocated <= 8192 + (160L * (body.Length + type.Length)), $"allocates at most 8 kB and 160 times the size, not {allocated} for {body.Length} and {type.Length}");
        var texts = content with { Others = [], Defects = [] };
        FuzzFinding.Require(MessageContent.Read(texts.ToParts()) == texts, "the forms survive");
        if (FirstMessage.ToTextFormat(texts) is { } header)
        {
            FuzzFinding.Require(FirstMessage.Read([header]) is { } first && first.Plain == texts.Plain && first.Format == texts.Format, "the first message survives its header");
        }

        _ = FirstMessage.Read([type, Encoding.Latin1.GetString(body.Span)]);
        if (MessageFormat.TryParse(Encoding.Latin1.GetString(body.Span), out var format))
        {
            FuzzFinding.Require(MessageFormat.TryParse(format.ToLine(), out var again) && again == format, "a format survives");
        }
    }

    private static byte[] Generate(RandomSource random) => Encoding.UTF8.GetBytes($"{Types[random.Next(Types.Length)]}\r\n{Bodies[random.Next(Bodies.Length)]}");
}
