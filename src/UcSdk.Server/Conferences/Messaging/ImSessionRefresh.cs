using UcSdk.Documents;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// INVITE and UPDATE inside a session with the IM MCU: a refresh of its life (RFC 4028 §9), or a participant that has moved or takes other contents from now on (RFC 3261 §14.2,
/// RFC 3311). How long the session lives is settled below.
/// </summary>
/// <param name="answers">Sends the answers.</param>
/// <param name="host">The server.</param>
internal sealed class ImSessionRefresh(ServerAnswers answers, string host)
{
    /// <summary>What an offer gets that has no line for messages.</summary>
    public static readonly ServerAnswer NoMessages = new ServerAnswer(StatusCode.NotAcceptableHere).With(HeaderName.Warning, "304 lcs.microsoft.com \"Media type not available\"");

    /// <summary>Answers; where it is refused, what was agreed stays.</summary>
    /// <param name="incoming">The request.</param>
    /// <param name="mcu">The URI of the MCU.</param>
    /// <returns>What the participant takes from now on; null where it says nothing of that.</returns>
    public AcceptedTypes? Answer(IncomingRequest incoming, ConferenceUri mcu)
    {
        var request = incoming.Request;
        var done = new ServerAnswer(StatusCode.Ok).With(HeaderName.Contact, ContactOf(mcu).ToString());
        if (request.Body.IsEmpty)
        {
            // Only an INVITE asks for an offer by having none.
            answers.Send(incoming, request.Method.IsInvite ? With(done, ImSessionDescriptions.Offer(mcu, host)) : done);
            return null;
        }

        if (request.ContentType != SessionDescription.ContentType)
        {
            answers.Send(incoming, new ServerAnswer(StatusCode.UnsupportedMediaType).With(HeaderName.Accept, SessionDescription.ContentType));
            return null;
        }

        if (!SessionDescription.TryParse(request.Body, out var offer, out _) || ImSessionDescriptions.MessageLine(offer) is not { } line)
        {
            answers.Send(incoming, NoMessages);
            return null;
        }

        answers.Send(incoming, With(done, ImSessionDescriptions.Answer(offer, mcu, host)));
        return AcceptedTypes.Of(line);
    }

    /// <summary>The Contact of the MCU.</summary>
    public static NameAddr ContactOf(ConferenceUri mcu) => new NameAddr(SipUri.Parse(mcu.Text)).WithParameter("isfocus");

    private static ServerAnswer With(ServerAnswer answer, SessionDescription description) =>
        answer with { ContentType = SessionDescription.ContentType, Body = description.ToBytes() };
}
