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

    public static byte[] Write(SipFlow flow, InstantMessageCapabilities capabilities)
    {
        var types = string.Join(' ', Types.Where(type => capabilities.HasFlag(type.Capability)).Select(type => type.Type).Prepend(ContentTypes.PlainText).Append(OtherTypes));
        var address = IPAddress.TryParse(flow.Local.Host, out var ip) ? ip : IPAddress.Loopback;
        var where = $"IN {(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "IP6" : "IP4")} {address}";
        return new SessionDescription(
            [new('v', "0"), new('o', "- 0 0 " + where), new('s', "session"), new('c', where), new('t', "0 0")],
            [new MediaDescription(Kind, 5060, "sip", ["null"], [new('a', $"{AcceptTypes}:{types}")])]).ToBytes();
    }

    /// <summary>True when the INVITE wants to exchange instant messages.</summary>
    public static bool IsOffer(SipRequest invite) => TryRead(invite, out _);

    /// <summary>What the sender of an INVITE or its answer can show.</summary>
    public static InstantMessageCapabilities ReadCapabilities(SipMessage message)
    {
        var capabilities = message.HasOption(HeaderName.Supported, "ms-renders-mime-alternative") ? InstantMessageCapabilities.SupportMime : InstantMessageCapabilities.None;
        if (TryRead(message, out var media))
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

    private static bool TryRead(SipMessage message, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MediaDescription? media)
    {
        var body = message.ContentType == SessionDescription.ContentType ? message.Body
            : MultipartBody.TryRead(message, out var parts, out _) && parts.Find(SessionDescription.ContentType) is { } part ? part.Content
            : default;
        media = !body.IsEmpty && SessionDescription.TryParse(body, out var description, out _)
            ? description.Media.FirstOrDefault(candidate => candidate.Kind is Kind or LegacyKind)
            : null;
        return media is not null;
    }
}
