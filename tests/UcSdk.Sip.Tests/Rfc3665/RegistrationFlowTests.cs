namespace UcSdk.Sip.Tests;

/// <summary>
/// RFC 3665 §2, over TCP instead of TLS. The digests are computed: the RFC gives no password, and the response that it prints has 31 digits.
/// </summary>
public sealed class RegistrationFlowTests : IDisposable
{
    private const string Sender = "Digest username=\"bob\", realm=\"atlanta.example.com\"";

    private readonly FlowWorld _world = new();
    private readonly List<string> _bindings = [];
    private readonly SipEndpoint _bob;

    public RegistrationFlowTests()
    {
        _bob = _world.Add("bob", new() { Credentials = [FlowUsers.Of("bob")] });
        var authenticator = _world.Authenticator("atlanta.example.com");
        _world.Add("ss2").RequestReceived = request =>
        {
            if (authenticator.Authenticate(request) is not null)
            {
                Register(request);
            }
        };
        _world.Connect("bob", "ss2");
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_1_a_successful_new_registration()
    {
        var registration = _world.Do("bob", () => _bob.Register(OptionsOf()));
        var registered = _world.Do("bob", () => registration.RegisterAsync());
        _world.Settle();
        Assert.Equal(TimeSpan.FromHours(1), (await registered).Expires);
        _world.Said(
            """
            F1 bob → ss2: REGISTER sip:ss2.biloxi.example.com | 1 REGISTER | a- | Via bob
            F2 ss2 → bob: 401 Unauthorized | 1 REGISTER | ab | Via bob
            F3 bob → ss2: REGISTER sip:ss2.biloxi.example.com | 2 REGISTER | a- | Via bob
            F4 ss2 → bob: 200 OK | 2 REGISTER | ac | Via bob
            """);
        var (challenge, answer) = (_world.Messages[1], _world.Messages[2]);
        Assert.StartsWith("Digest realm=\"atlanta.example.com\"", challenge.Headers[HeaderName.WwwAuthenticate], StringComparison.Ordinal);
        Assert.StartsWith(Sender, answer.Headers[HeaderName.Authorization], StringComparison.Ordinal);
        Assert.Equal((challenge.CallId, _world.Messages[3].CallId), (answer.CallId, answer.CallId));
        Assert.Equal("<sip:bob@client.biloxi.example.com:5060;transport=tcp>;expires=3600", _world.Messages[3].Headers[HeaderName.Contact]);
    }

    [Fact]
    public void Section_2_2_an_update_of_the_contact_list()
    {
        Registered();
        Send(request => request.Headers.Add(HeaderName.Contact, "<mailto:bob@biloxi.example.com>"));
        _world.Said(
            """
            F1 bob → ss2: REGISTER sip:ss2.biloxi.example.com | 1 REGISTER | a- | Via bob
            F2 ss2 → bob: 200 OK | 1 REGISTER | ab | Via bob
            """);
        AssertProvenUnasked(_world.Messages[^2]);
        Assert.Equal(
            ["<sip:bob@client.biloxi.example.com:5060;transport=tcp>;expires=3600", "<mailto:bob@biloxi.example.com>;expires=3600"],
            _world.Messages[^1].Headers.GetList(HeaderName.Contact));
    }

    [Fact]
    public void Section_2_3_a_request_for_the_current_contact_list()
    {
        Registered();
        Send(_ => { });
        _world.Said(
            """
            F1 bob → ss2: REGISTER sip:ss2.biloxi.example.com | 1 REGISTER | a- | Via bob
            F2 ss2 → bob: 200 OK | 1 REGISTER | ab | Via bob
            """);
        AssertProvenUnasked(_world.Messages[^2]);
        Assert.False(_world.Messages[^2].Headers.Contains(HeaderName.Contact));
        Assert.Equal(["<sip:bob@client.biloxi.example.com:5060;transport=tcp>;expires=3600"], _world.Messages[^1].Headers.GetList(HeaderName.Contact));
    }

    [Fact]
    public void Section_2_4_the_cancellation_of_a_registration()
    {
        Registered();
        Send(request =>
        {
            request.Headers.Add(HeaderName.Contact, "*");
            request.Headers.Add(HeaderName.Expires, "0");
        });
        _world.Said(
            """
            F1 bob → ss2: REGISTER sip:ss2.biloxi.example.com | 1 REGISTER | a- | Via bob
            F2 ss2 → bob: 200 OK | 1 REGISTER | ab | Via bob
            """);
        AssertProvenUnasked(_world.Messages[^2]);
        Assert.Equal(("*", "0"), (_world.Messages[^2].Headers[HeaderName.Contact], _world.Messages[^2].Headers[HeaderName.Expires]));
        Assert.False(_world.Messages[^1].Headers.Contains(HeaderName.Contact));
        Assert.Empty(_bindings);
    }

    [Fact]
    public async Task Section_2_5_an_unsuccessful_registration()
    {
        var stranger = _world.Add("stranger", new() { Credentials = [new SipCredentials("bob", new SipPassword("a guess"))] });
        var flow = _world.Connect("stranger", "ss2");
        var registration = _world.Do("stranger", () => stranger.Register(OptionsOf(flow)));
        var registered = _world.Do("stranger", () => registration.RegisterAsync());
        _world.Settle();
        Assert.Equal(401, (await Assert.ThrowsAsync<SipException>(() => registered)).StatusCode);
        _world.Said(
            """
            F1 stranger → ss2: REGISTER sip:ss2.biloxi.example.com | 1 REGISTER | a- | Via stranger
            F2 ss2 → stranger: 401 Unauthorized | 1 REGISTER | ab | Via stranger
            F3 stranger → ss2: REGISTER sip:ss2.biloxi.example.com | 2 REGISTER | a- | Via stranger
            F4 ss2 → stranger: 401 Unauthorized | 2 REGISTER | ac | Via stranger
            """);
        Assert.Empty(_bindings);
    }

    private static void AssertProvenUnasked(SipMessage request) =>
        Assert.StartsWith(Sender, request.Headers[HeaderName.Authorization], StringComparison.Ordinal);

    private RegistrationOptions OptionsOf(SipFlow? flow = null) => new()
    {
        Aor = FlowWorld.Bob.Uri,
        Flow = flow ?? _bob.Flows.Single(),
        Registrar = SipUri.Parse("sip:ss2.biloxi.example.com"),
        Contact = new(FlowWorld.UriOf("bob", "bob")),
        Expires = TimeSpan.FromHours(1),
    };

    private void Registered()
    {
        var registration = _world.Do("bob", () => _bob.Register(OptionsOf()));
        _ = _world.Do("bob", () => registration.RegisterAsync());
        _world.Settle();
        _world.SaidBefore();
    }

    private void Send(Action<SipRequest> edit)
    {
        _ = _world.Do("bob", () =>
        {
            var request = _bob.CreateRequest(SipMethod.Register, SipUri.Parse("sip:ss2.biloxi.example.com"), FlowWorld.Bob, FlowWorld.Bob);
            edit(request);
            return _bob.SendAsync(request);
        });
        _world.Settle();
    }

    // As much of a registrar as these flows need (RFC 3261 §10.3).
    private void Register(IncomingRequest request)
    {
        var asked = request.Request.Headers.GetList(HeaderName.Contact).ToArray();
        if (asked is ["*"])
        {
            _bindings.Clear();
        }
        else
        {
            _bindings.AddRange(asked.Select(contact => contact + ";expires=3600"));
        }

        request.Respond(200, null, response =>
        {
            foreach (var binding in _bindings)
            {
                response.Headers.Add(HeaderName.Contact, binding);
            }
        });
    }
}
