using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Answers the challenges of the user's own server and of nobody else: the realm that asks at registration is the only one that is told
/// anything later, whoever may ask through that server.
/// </summary>
internal sealed class UserCredentials(string? userName, SipPassword password) : ISipCredentials
{
    private string? _realm;

    /// <summary>Called when a registration is challenged for the first time by a realm.</summary>
    public Action? Asked { get; init; }

    public SipCredentials? Find(string realm, SipRequest request)
    {
        if (request.Method == SipMethod.Register)
        {
            _realm = realm;
            Asked?.Invoke();
        }

        return realm == _realm && request.From is { } from ? new SipCredentials(userName ?? from.Uri.User, password) : null;
    }
}
