using UcSdk.Documents;
using UcSdk.Media;

namespace UcSdk.Server;

/// <summary>
/// Offers and answers of instant messaging: they agree on no media at all, since messages travel in the dialog itself, only on the content types
/// ([MS-CONFIM] §3.1, [MS-SIP] §2.2).
/// </summary>
internal static class ImSessionDescriptions
{
    // RFC 3261's port; nobody connects to it.
    private const int Port = 5060;
    private const string Kind = "message";

    /// <summary>The line for messages in an offer, in either of its names; null when it has none.</summary>
    public static MediaDescription? MessageLine(SessionDescription offer) =>
        offer.Media.FirstOrDefault(media => media is { Kind: Kind or "x-ms-message", Port: > 0 });

    /// <summary>The answer of the IM MCU: every line of the offer has its place, and all but the one for messages are refused (RFC 3264 §6).</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="mcu">The URI of the MCU.</param>
    /// <param name="host">The server.</param>
    public static SessionDescription Answer(SessionDescription offer, ConferenceUri mcu, string host)
    {
        var accepted = MessageLine(offer);
        return Describe(host, offer.Media.Select(media => media != accepted ? media.Reject() : Own(media.Kind, mcu)));
    }

    /// <summary>What the IM MCU offers itself, where a participant asks for that by a re-INVITE without an offer (RFC 3261 §14.2).</summary>
    /// <param name="mcu">The URI of the MCU.</param>
    /// <param name="host">The server.</param>
    public static SessionDescription Offer(ConferenceUri mcu, string host) => Describe(host, [Own(Kind, mcu)]);

    private static SessionDescription Describe(string host, IEnumerable<MediaDescription> media) =>
        new([new('v', "0"), new('o', "- 0 0 IN IP4 " + host), new('s', "session"), new('c', "IN IP4 " + host), new('t', "0 0")], media);

    private static MediaDescription Own(string kind, ConferenceUri mcu) =>
        new(kind, Port, "sip", [mcu.Text], [SdpLine.Attribute("accept-types", string.Join(' ', ImContent.Taken))]);
}
