using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Hands out dial plans: a SERVICE to the user's own location profile, or to a named one ([MS-SIPRE] §3.8.5.1).</summary>
internal sealed class LocationProfileApplication(ProvisionedGroups groups) : IServerApplication
{
    public bool Handle(ServerRequest request)
    {
        LocationProfileUri? uri = null;
        var isAmbiguous = false;
        if (request.Message.Uri?.Mentions(";opaque=app:"u8) == false
            || (!LocationProfileUri.TryParse(request.Message.UriText, out uri, out isAmbiguous) && !isAmbiguous))
        {
            return false;
        }

        if (request.Method != SipMethod.Service)
        {
            request.RefuseMethod(SipMethod.Service.Name);
        }
        else if (uri is null)
        {
            request.Answer(StatusCode.Ambiguous);
        }
        else if (!ConferenceChecks.IsUser(uri.User, request.Sender!.Id.User))
        {
            // Which plan somebody else has is none of the sender's business.
            request.Answer(StatusCode.Forbidden);
        }
        else if (groups.LocationProfile(uri.Name, request.Sender.Id.User) is { } profile)
        {
            request.Answer(new ServerAnswer(StatusCode.Ok) { ContentType = ContentTypes.LocationProfile, Body = profile.ToBytes() });
        }
        else
        {
            request.Answer(StatusCode.NotFound);
        }

        return true;
    }
}
