using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>What every C3P request must satisfy before anybody looks at what it asks for ([MS-OCER] §7.4).</summary>
internal static class ConferenceChecks
{
    // A client makes a GUID in braces; other keys are taken, within reason.
    private const int MaxEndpointEntity = 128;

    public static ServerAnswer Refuse(C3pError error) => ServerAnswer.Refuse(error.SipStatus, new ServerDiagnostic(error.Id, error.Reason));

    /// <summary>Reads the body of a request, and checks that the C3P envelope says what the SIP message says.</summary>
    public static bool TryRead(SipRequest message, string sender, out C3pRequest request, out ServerAnswer refusal)
    {
        request = null!;
        refusal = null!;
        if (message.ContentType != ContentTypes.C3p)
        {
            refusal = new ServerAnswer(StatusCode.UnsupportedMediaType).With(HeaderName.Accept, ContentTypes.C3p);
        }
        else if (!C3pRequest.TryRead(message.Body, out request!, out var error))
        {
            refusal = Refuse(C3pError.Of(error));
        }
        else if (!IsUser(request.From, sender))
        {
            refusal = Refuse(C3pError.FromInvalid);
        }
        else if (!request.To.Equals(message.To!.Uri.Text, StringComparison.OrdinalIgnoreCase))
        {
            refusal = Refuse(C3pError.ToInvalid);
        }

        return refusal is null;
    }

    /// <summary>Checks that a request joins its sender, with one endpoint, to the conference that it was sent to ([MS-CONFBAS] §2.2.3.3).</summary>
    public static bool TryReadJoin(C3pRequest request, ConferenceUri focus, string sender, out AddUserCommand command, out ServerAnswer refusal)
    {
        command = (request.Command as AddUserCommand)!;
        var error = command switch
        {
            null => C3pError.CommandNotImplemented,
            { McuUri: not null } => C3pError.McuNotAllowed,
            _ when !command.ConferenceUri.Equals(focus.Text, StringComparison.OrdinalIgnoreCase) => C3pError.ConferenceEntityInvalid,
            _ when FindFault(command.User) is { } fault => fault,
            _ when !IsUser(command.User.Entity, sender) => C3pError.NotAuthorized,
            { User.Endpoints.Count: 0 } => C3pError.EndpointInvalid,
            _ => null,
        };
        refusal = error is null ? null! : Refuse(error);
        return error is null;
    }

    /// <summary>Whether a URI in a document names the user of that address of record.</summary>
    public static bool IsUser(string text, string addressOfRecord) =>
        SipUri.TryParse(text, out var uri) && uri.IsSip && uri.AddressOfRecord.Text.Equals(addressOfRecord, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with the user of an addUser; null when nothing is.</summary>
    public static C3pError? FindFault(ConferenceUser user) => user switch
    {
        _ when !SipUri.TryParse(user.Entity, out var uri) || !uri.IsSip => C3pError.TargetUserInvalid,
        { Roles.Count: > 1 } => C3pError.RoleInvalid,
        { Roles: [not (ConferenceRoles.Presenter or ConferenceRoles.Attendee)] } => C3pError.RoleInvalid,
        { Endpoints.Count: > 1 } => C3pError.EndpointInvalid,
        _ when user.Endpoints.Any(endpoint => !IsEndpointKey(endpoint.Entity)) => C3pError.EndpointInvalid,
        _ when user.Endpoints.Any(endpoint => endpoint is not { AuthMethod: null or "", AccessMethod: null or "" }) => C3pError.MethodNotAcceptable,
        _ => null,
    };

    private static bool IsEndpointKey(string key) => key.Length is > 0 and <= MaxEndpointEntity && !key.Any(char.IsWhiteSpace);
}
