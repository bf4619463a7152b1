using System.Net;
using UcSdk.Documents;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>The session description of an instant message session: a media line <c>m=message</c> that only says what the side can show.</summary>
internal static class MessageSdp
{
    private const string Kind = "message";
    private const string LegacyKind = "x-ms-message";
    private const string AcceptTypes = "accept-types";

    // As Lync writes it; what the application does not show is left out.
    private const string OtherTypes = "application/im-iscomposing+xml application/ms-imdn+xml application/ms-conversation-context+xml";

    private static readonly (InstantMessageCapabilities Capability, string Type)[] Types =
    [
        (InstantMessageCapabilities.CanRenderHtml, ContentTypes.Html), (InstantMessageCapabilities.CanRenderRtf, ContentTypes.Rtf), (InstantMessageCapabilities.CanRenderGif, DrawingBody.Gif),
        (InstantMessageCapabilities.CanRenderIsf, DrawingBody.Ink), (InstantMessageCapabilities.SupportMime, "multipart/alternative"),
    ];

    /// <summary>An offer.</summary>
    public static byte[] Write(SipFlow flow, InstantMessageCapabilities capabilities) => Write(flow, [Line(Kind, capabilities)]);

    /// <summary>The answer to an offer, with a line for each of its lines (RFC 3264 §6): the messages are taken, by the name that the offer gives them; what else it has is not. To a request without an offer it is one.</summary>
    public static byte[] Answer(SipFlow flow, InstantMessageCapabilities capabilities, SipRequest offer)
    {
        if (Read(offer) is not { } description || Find(description) is not { } messages)
        {
            return Write(flow, capabilities);
        }

        return Write(flow, [.. description.Media.Select(media => media == messages ? Line(media.Kind, capabilities) : new MediaDescription(media.Kind, 0, media.Protocol, media.Formats, []))]);
    }

    private static MediaDescription Line(string kind, InstantMessageCapabilities capabilities)
    {
        var types = string.Join(' ', Types.Where(type => capabilities.HasFlag(type.Capability)).Select(type => type.Type).Prepend(ContentTypes.PlainText).Append(OtherTypes));
        return new(kind, 5060, "sip", ["null"], [new('a', $"{AcceptTypes}:{types}")]);
    }

    private static byte[] Write(SipFlow flow, MediaDescription[] media)
    {
        var address = IPAddress.TryParse(flow.Local.Host, out var ip) ? ip : IPAddress.Loopback;
        var where = $"IN {(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "IP6" : "IP4")} {address}";
        return new SessionDescription([new('v', "0"), new('o', "- 0 0 " + where), new('s', "session"), new('c', where), new('t', "0 0")], media).ToBytes();
    }

    /// <summary>True when the INVITE wants to exchange instant messages.</summary>
    public static bool IsOffer(SipRequest invite) => Find(Read(invite)) is not null;

    /// <summary>What the sender of an INVITE or its answer can show.</summary>
    public static InstantMessageCapabilities ReadCapabilities(SipMessage message)
    {
        var capabilities = message.HasOption(HeaderName.Supported, "ms-renders-mime-alternative") ? InstantMessageCapabilities.SupportMime : InstantMessageCapabilities.None;
        if (Find(Read(message)) is { } media)
        {
            foreach (var type in (media.FindAttribute(AcceptTypes) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                capabilities |= type.ToLowerInvariant() switch
                {
                    "text/html" => InstantMessageCapabilities.CanRenderHtml,
                    "text/rtf" => InstantMessageCapabilities.CanRenderRtf,
                    "image/gif" => InstantMessageCapabilities.CanRenderGif,
                    "application/x-ms-ink" => InstantMessageCapabilities.CanRenderIsf,
                    "multipart/alternative" => InstantMessageCapabilities.SupportMime,
                    _ => InstantMessageCapabilities.None,
                };
            }
        }

        return capabilities;
    }

    private static SessionDescription? Read(SipMessage message)
    {
        var body = message.ContentType == SessionDescription.ContentType ? message.Body
            : MultipartBody.TryRead(message, out var parts, out _) && parts.Find(SessionDescription.ContentType) is { } part ? part.Content
            : default;
        return !body.IsEmpty && SessionDescription.TryParse(body, out var description, out _) ? description : null;
    }

    private static MediaDescription? Find(SessionDescription? description) => description?.Media.FirstOrDefault(media => media.Kind is Kind or LegacyKind);
}
