using System.Text;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>A chat without any network: legs, messages and answers by hand, and what comes of them as lines of text.</summary>
internal sealed class ImHarness(ConferenceLimits? limits = null)
{
    public const string Alice = "sip:alice@contoso.test";
    public const string Bob = "sip:bob@contoso.test";
    public const string Carol = "sip:carol@contoso.test";

    private readonly List<ImEffect> _effects = [];

    public ImMcu Chat { get; } = new(limits ?? new ConferenceLimits(), "sip.contoso.test");

    /// <summary>What the chat wants since the last question: <c>2 &lt; alice: hello</c> for a relayed message, <c>1: report 1 …</c> for a report.</summary>
    public string[] Heard
    {
        get
        {
            string[] lines = [.. _effects.Select(Describe)];
            _effects.Clear();
            return lines;
        }
    }

    public ImHarness With(long leg, string user, string accepted = "*")
    {
        Chat.Connect(new ImLeg(leg, user, $"{user};gruu;leg={leg}", AcceptedTypes.Of(accepted)));
        return this;
    }

    public ServerAnswer Say(long leg, string text, string contentType = "text/plain")
    {
        var request = Message(contentType, text);
        return Chat.Take(leg, request, _effects);
    }

    public void Answer(long leg, int status = 200, string? diagnostics = null) => Chat.Answered(leg, status, diagnostics, _effects);

    public void Leave(long leg) => Chat.Disconnect(leg, _effects);

    public void Type(long leg, string text) => Chat.Type(leg, Encoding.UTF8.GetBytes(text), _effects);

    public void Compose(long leg, string state) => Chat.Type(leg, new IsComposing(state), Encoding.UTF8.GetBytes(state), _effects);

    private static SipRequest Message(string contentType, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var head = $"MESSAGE sip:mcu@contoso.test SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\nFrom: <{Alice}>;tag=1\r\nTo: <sip:mcu@contoso.test>;tag=2\r\nCall-ID: c\r\nCSeq: 2 MESSAGE\r\n"
            + (contentType.Length == 0 ? "" : $"Content-Type: {contentType}\r\n") + $"Content-Length: {body.Length}\r\n\r\n";
        Assert.True(SipMessage.TryParse((byte[])[.. Encoding.UTF8.GetBytes(head), .. body], SipLimits.Default, out var message, out var error), error.ToString());
        return (SipRequest)message!;
    }

    private static string Describe(ImEffect effect) => effect switch
    {
        ImEffect.Relay(var leg, var sender, var content) => $"{leg} < {NameOf(sender)}: {Encoding.UTF8.GetString(content.Body.Span)}{(content.MediaTypeName == ContentTypes.PlainText ? "" : " as " + content.ContentType)}",
        ImEffect.RelayTyping(var leg, var sender, var (type, document)) =>
            $"{leg} < {NameOf(sender)} {Encoding.UTF8.GetString(document.Span)}{(type == ContentTypes.Xml ? "" : " as " + type)}",
        ImEffect.Report(var leg, var report) => string.Concat(
            $"{leg}: report {report.MessageId}",
            string.Concat(report.Recipients.Select(recipient => $", {NameOf(recipient.Address)}{recipient.Address[recipient.Address.LastIndexOf('=')..]} {recipient.Status} {recipient.Diagnostics}"))),
        _ => throw new InvalidOperationException(effect.ToString()),
    };

    private static string NameOf(string address) => address[4..address.IndexOf('@', StringComparison.Ordinal)];
}
