using UcSdk.Sip;

namespace UcSdk.Load;

/// <summary>A registrar with nothing but Digest and a table of bindings, all of whose users have one password.</summary>
internal sealed class Registrar : IDigestUserStore, IDisposable
{
    private readonly SipPassword _password = new("secret");
    private readonly DigestAuthenticator _authenticator;
    private readonly Dictionary<string, string> _bindings = [];

    public Registrar(SipEndpoint endpoint)
    {
        _authenticator = new(new() { Realm = "load.test", Algorithms = [DigestAlgorithm.Md5] }, this, TimeProvider.System);
        endpoint.RequestReceived = Receive;
    }

    public int Bindings => _bindings.Count;

    public SipCredentials Credentials => new("load", _password);

    public DigestSecret? Find(string userName, string realm, DigestAlgorithm algorithm) => DigestSecret.OfPassword(_password);

    public bool Owns(string userName, SipUri address) => true;

    public void Dispose() => _password.Dispose();

    private void Receive(IncomingRequest incoming)
    {
        if (_authenticator.Authenticate(incoming) is { } identity)
        {
            var contact = incoming.Request.Headers[HeaderName.Contact] ?? "";
            _bindings[incoming.Request.To!.Uri.Text] = contact;
            incoming.Respond(StatusCode.Ok, null, response =>
            {
                response.Headers.Add(HeaderName.Contact, contact + ";expires=3600");
                identity.Confirm(response);
            });
        }
    }
}
