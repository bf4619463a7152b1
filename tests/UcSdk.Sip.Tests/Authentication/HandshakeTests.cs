using System.Globalization;

namespace UcSdk.Sip.Tests;

/// <summary>
/// A scheme of several rounds that ends in signatures on every message, as those of [MS-SIPAE] do: made up for the test, in the order of
/// messages of [MS-SIPAE] §4.
/// </summary>
public sealed class HandshakeTests : IDisposable
{
    private readonly SipPassword _password = new("wonderland");
    private readonly PeerWire _wire;

    public HandshakeTests() => _wire = PeerWire.Reliable(new() { Credentials = [new SipCredentials("alice", _password)], CredentialSchemes = [new ShakeScheme()] });

    public void Dispose() => _password.Dispose();

    [Fact]
    public async Task Two_rounds_end_in_an_association_that_signs_and_verifies_everything_on_the_flow()
    {
        var sending = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        Challenge(_wire.ExpectRequest(SipMethod.Options), "Shake realm=\"r\"", "Digest realm=\"r\", nonce=\"n\"");
        var first = _wire.ExpectRequest(SipMethod.Options);
        Assert.Equal("Shake realm=\"r\", token=\"\"", first.Headers[HeaderName.Authorization]);
        Challenge(first, "Shake realm=\"r\", token=\"42\"");
        var second = _wire.ExpectRequest(SipMethod.Options);
        // The request that completes the handshake is signed itself.
        Assert.Equal(("Shake realm=\"r\", token=\"43\"", "1"), (second.Headers[HeaderName.Authorization], second.Headers[Shake.Signature]));
        _wire.Answers(second, 200);
        Assert.False(sending.IsCompleted);
        Signed(second, 200);
        Assert.Equal(200, (await sending).StatusCode);

        _ = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        var later = _wire.ExpectRequest(SipMethod.Options);
        Assert.Equal((null, "2"), (later.Headers[HeaderName.Authorization], later.Headers[Shake.Signature]));
    }

    [Fact]
    public async Task The_association_ends_with_its_flow()
    {
        var sending = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        Challenge(_wire.ExpectRequest(SipMethod.Options), "Shake realm=\"r\"");
        Challenge(_wire.ExpectRequest(SipMethod.Options), "Shake realm=\"r\", token=\"42\"");
        Signed(_wire.ExpectRequest(SipMethod.Options), 200);
        await sending;
        Assert.Equal(1, _wire.Do(() => _wire.Endpoint.Core.Credentials!.Count));
        _wire.Breaks();
        Assert.Equal(0, _wire.Do(() => _wire.Endpoint.Core.Credentials!.Count));
        var flow = _wire.Connect("peer.test");
        _ = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire), flow));
        Assert.False(_wire.ExpectRequest(SipMethod.Options).Headers.Contains(Shake.Signature));
    }

    [Fact]
    public async Task A_handshake_that_the_server_refuses_is_a_refusal()
    {
        var sending = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        Challenge(_wire.ExpectRequest(SipMethod.Options), "Shake realm=\"r\"");
        Challenge(_wire.ExpectRequest(SipMethod.Options), "Shake realm=\"r\"");
        Assert.Equal(401, (await sending).StatusCode);
        Assert.Equal(0, _wire.Do(() => _wire.Endpoint.Core.Credentials!.Count));
    }

    private void Challenge(SipRequest request, params string[] challenges) => _wire.Answers(request, 401, edit: response =>
    {
        foreach (var challenge in challenges)
        {
            response.Headers.Add(HeaderName.WwwAuthenticate, challenge);
        }
    });

    private void Signed(SipRequest request, int status) => _wire.Answers(request, status, edit: r => r.Headers.Add(Shake.Signature, "server"));

    private sealed class ShakeScheme : ISipCredentialScheme
    {
        public string Name => "Shake";

        public bool BindsFlow => true;

        public bool CanAnswer(AuthField challenge) => true;

        public ISipAuthentication Begin(AuthField challenge, ChallengeKind kind, SipCredentials credentials) => new Shake(this);
    }

    private sealed class Shake(ISipCredentialScheme scheme) : ISipAuthentication, IFlowProtection
    {
        public static readonly HeaderName Signature = HeaderName.Of("X-Signature");

        private string? _token = "";
        private bool _isReady;
        private int _count;

        public ISipCredentialScheme Scheme => scheme;

        public string? Failure => null;

        public IFlowProtection? Protection => _isReady ? this : null;

        public bool TryContinue(AuthField challenge, AuthField? answered)
        {
            var number = int.Parse(challenge["token"] ?? "0", CultureInfo.InvariantCulture);
            (_token, _isReady) = ((number + 1).ToString(CultureInfo.InvariantCulture), number > 0);
            return _isReady;
        }

        public AuthField? Authorize(SipRequest request)
        {
            var field = _token is null ? null : new AuthField("Shake").WithQuoted("realm", "r").WithQuoted("token", _token);
            _token = _isReady ? null : _token;
            return field;
        }

        public bool TryConfirm(AuthField answered, SipResponse response, AuthField? info) => true;

        public void Protect(SipMessage message) => message.Headers[Signature] = (++_count).ToString(CultureInfo.InvariantCulture);

        // [MS-SIPAE] §3.2.5: an unsigned 401 may end the association, so it comes through.
        public FlowVerdict Verify(SipMessage message) =>
            message.Headers[Signature] == "server" || message is SipResponse { StatusCode: 401 } ? FlowVerdict.Accept : FlowVerdict.Drop;

        public void Dispose()
        {
        }
    }
}
