using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Answers the challenges of the user's own server and of nobody else: the realm that asks at registration is the only one that is told
/// anything later, whoever may ask through that server.
/// </summary>
internal sealed class UserCredentials(string? userName, SipPassword? password, bool usesTicketCache = false) : ISipCredentials, ISchemeListener
{
    private string? _realm;

    /// <summary>Called with the scheme when the challenge to a registration begins to be answered.</summary>
    public Action<string>? Challenged { get; init; }

    public SipCredentials? Find(string realm, SipRequest request)
    {
        if (request.Method == SipMethod.Register)
        {
            _realm = realm;
        }

        if (realm != _realm || request.From is not { } from)
        {
            return null;
        }

        return password is null
            ? SipCredentials.FromTicketCache()
            : new SipCredentials(userName ?? from.Uri.User, password) { UsesTicketCache = usesTicketCache };
    }

    public void Begun(string scheme, SipRequest request)
    {
        if (request.Method == SipMethod.Register)
        {
            Challenged?.Invoke(scheme);
        }
    }
}
