using UcSdk.Documents;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Who may call an MCU, and with what: an INVITE with an SDP offer from an endpoint that sits in the conference ([MS-CONFBAS] §3.3).</summary>
internal static class McuAdmission
{
    public static bool TryAdmit(
        ServerRequest request, ConferenceUri uri, ConferenceStore conferences, out Focus focus, out SessionDescription offer, out ServerAnswer refusal)
    {
        offer = null!;
        var error = !conferences.TryGet(uri, out focus!) ? C3pError.ConferenceUnknownToMcu
            : !focus.Has(request.Sender!.Id) ? C3pError.NotAuthorized
            : ReadOffer(request.Message, out offer);
        refusal = error is null ? null! : ConferenceChecks.Refuse(error);
        return error is null;
    }

    private static C3pError? ReadOffer(SipRequest message, out SessionDescription offer)
    {
        offer = null!;
        return message switch
        {
            // An INVITE without an offer would have to be answered with one, and its ACK with the answer; no client of an MCU does that.
            { Body.IsEmpty: true } => C3pError.RequestOutOfOrder,
            { ContentType: not SessionDescription.ContentType } => C3pError.ContentTypeNotSupported,
            _ when !SessionDescription.TryParse(message.Body, out offer!, out _) => C3pError.SdpInvalid,
            _ => null,
        };
    }
}
