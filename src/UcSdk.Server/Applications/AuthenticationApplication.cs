using Microsoft.Extensions.Logging;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Demands Digest of users who have a password, and of those who do not exist, as soon as anybody has one. A REGISTER proves itself every
/// time (401). Another request is believed on a connection over which the user in From has proven to know the password, for as long as the
/// connection stands; elsewhere it is challenged (407).
/// </summary>
internal sealed class AuthenticationApplication(
    UserDirectory directory, IReadOnlyList<DigestAlgorithm> algorithms, RandomSource random, SerialLoop loop, ILogger logger) : IServerApplication
{
    private readonly Dictionary<SipFlow, HashSet<UcServerUser>> _proven = [];

    // Made when the first password is needed: a server without passwords draws no chances for them.
    private DigestAuthenticator? _authenticator;

    public int Count => _proven.Count;

    public bool Handle(ServerRequest request)
    {
        var message = request.Message;
        var isRegister = request.Method == SipMethod.Register;
        if (!Demands(message.From) && !(isRegister && Demands(message.To)))
        {
            return false;
        }

        var authenticator = _authenticator ??= CreateAuthenticator();
        if (!isRegister && IsProven(message.From, request.Flow))
        {
            authenticator.RemoveCredentials(message);
            return false;
        }

        request.Identity = authenticator.Authenticate(request.Incoming, asProxy: !isRegister);
        if (request.Identity is null)
        {
            return true;
        }

        Remember(message.From, request.Flow);
        return false;
    }

    public void Forget(SipFlow flow) => _proven.Remove(flow);

    private DigestAuthenticator CreateAuthenticator() =>
        new(new DigestServerOptions { Realm = directory.Domain, Algorithms = algorithms }, directory, random, () => loop.Now)
        {
            Refused = (incoming, status) => Log.RequestRefused(logger, incoming.Request.Method.Name, status, null),
        };

    private bool Demands(NameAddr? who) =>
        directory.HasPasswords && who is not null && (!directory.TryFind(who.Uri, out var user) || user.Password is not null);

    // Datagrams prove nothing about who sends the next one.
    private bool IsProven(NameAddr? who, SipFlow flow) =>
        flow.IsReliable && who is not null && directory.TryFind(who.Uri, out var user) && _proven.TryGetValue(flow, out var users) && users.Contains(user);

    private void Remember(NameAddr? who, SipFlow flow)
    {
        if (flow.IsReliable && who is not null && directory.TryFind(who.Uri, out var user))
        {
            if (!_proven.TryGetValue(flow, out var users))
            {
                _proven.Add(flow, users = []);
            }

            users.Add(user);
        }
    }
}
