using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>
/// A user whose endpoint knows two schemes with signatures, Strong before Plain, and a server that is the test: it says challenges and signs what it says. Tokens of the
/// handshake are texts; the keys are made up.
/// </summary>
internal sealed class AssociationWorld : IDisposable
{
    public const string Realm = "SIP Communications Service";
    public const string Target = "fe.contoso.com";
    public static readonly SipUri Alice = SipUri.Create("alice", "contoso.com");

    private readonly SipPassword _password = new("wonderland");
    private readonly TimeSpan _lifetime;
    private readonly RandomSource _random = new SeededRandomSource(3);

    public AssociationWorld(IBlockingWork? work = null, TimeSpan? lifetime = null)
    {
        _lifetime = lifetime ?? AssociationScheme.MaxLife;
        Wire = PeerWire.Reliable(new()
        {
            Credentials = [new SipCredentials("alice", _password)],
            CredentialSchemes = [Scheme("Strong", StrongContexts), Scheme("Plain", Contexts)],
            TimeProvider = Time,
        }, work: work);
    }

    public FixedTime Time { get; } = new();

    public PeerWire Wire { get; }

    /// <summary>The client's sides of handshakes in Plain, in order of use.</summary>
    public Queue<KeyedContext> Contexts { get; } = new([Three(), Three(), Three(), Three()]);

    /// <summary>Those in Strong.</summary>
    public Queue<KeyedContext> StrongContexts { get; } = new();

    /// <summary>Those that were begun.</summary>
    public List<KeyedContext> Begun { get; } = [];

    /// <summary>A client's side of three messages: empty, then the proof.</summary>
    public static KeyedContext Three(DateTimeOffset? expires = null) => new("client", "server", "", "proof") { Expires = expires };

    public static SecurityAssociation Server(string opaque = "1A2B3C4D", int version = 4, string scheme = "Plain", ChallengeKind? kind = null, string realm = Realm) => new(
        AssociationRole.Server,
        new(kind ?? ChallengeKind.UserAgent, scheme, realm, Target, version),
        new KeyedContext("server", "client"),
        new SeededRandomSource(9),
        opaque);

    public static string First(string scheme = "Plain", int version = 4, string realm = Realm) =>
        new AssociationChallenge { Scheme = scheme, Realm = realm, Target = Target, Version = version }.ToField().ToString();

    public static string Next(string token, string opaque = "1A2B3C4D", string scheme = "Plain", int version = 4, string realm = Realm) =>
        new AssociationChallenge { Scheme = scheme, Realm = realm, Target = Target, Version = version, Opaque = opaque, Token = Encoding.UTF8.GetBytes(token) }
            .ToField().ToString();

    public static string Text(SipMessage message, HeaderName? name = null) => message.Headers[name ?? HeaderName.Authorization] ?? "";

    public void Challenges(SipRequest request, params string[] challenges) => Challenges(request, ChallengeKind.UserAgent, challenges);

    public void Challenges(SipRequest request, ChallengeKind kind, params string[] challenges) => Wire.Answers(request, kind.Status, edit: response =>
    {
        foreach (var challenge in challenges)
        {
            response.Headers.Add(kind.ChallengeHeader, challenge);
        }
    });

    /// <summary>The server answers and signs.</summary>
    public void Answers(SecurityAssociation server, SipRequest request, int status, Action<SipResponse>? edit = null) => Wire.Answers(request, status, edit: response =>
    {
        edit?.Invoke(response);
        server.Protect(response);
    });

    /// <summary>What the server says of itself, signed.</summary>
    public void Says(SecurityAssociation server, string text)
    {
        var message = SignatureTextTests.Parse(text);
        server.Protect(message);
        Wire.Says(message);
    }

    /// <summary>The client begins to register; the first REGISTER is on the wire.</summary>
    public (Registration Registration, Task<RegistrationResult> Registering) Register()
    {
        var registration = Wire.Endpoint.Register(new() { Aor = Alice, Flow = Wire.Flow, Contact = new(SipUri.Create("alice", "self.test")), Epid = "01010101" });
        return (registration, Wire.Do(() => registration.RegisterAsync()));
    }

    /// <summary>A whole sign-in in Plain; the server's end of its association.</summary>
    public SecurityAssociation SignsIn(out Registration registration, string opaque = "1A2B3C4D", int expires = 36000)
    {
        (registration, _) = Register();
        return Handshake(Wire.ExpectRequest(SipMethod.Register), opaque, expires);
    }

    /// <summary>The same in Strong, which takes one message; the server offers Plain too.</summary>
    public SecurityAssociation SignsInStrongly(out Registration registration)
    {
        StrongContexts.Enqueue(new("client", "server", "ticket"));
        (registration, _) = Register();
        Challenges(Wire.ExpectRequest(SipMethod.Register), First("Strong"), First());
        var register = Wire.ExpectRequest(SipMethod.Register);
        var server = Server(scheme: "Strong");
        Answers(server, register, 200, response => Granted(register, response, 7200));
        Assert.Equal(RegistrationState.Registered, registration.State);
        return server;
    }

    /// <summary>From an unsigned REGISTER, the next message unless it is given, to the one that carries the proof.</summary>
    public SipRequest Proof(SipRequest? register = null, string opaque = "1A2B3C4D")
    {
        Challenges(register ?? Wire.ExpectRequest(SipMethod.Register), First());
        Challenges(Wire.ExpectRequest(SipMethod.Register), Next("challenge", opaque));
        return Wire.ExpectRequest(SipMethod.Register);
    }

    /// <summary>From an unsigned REGISTER to its 200.</summary>
    public SecurityAssociation Handshake(SipRequest register, string opaque = "1A2B3C4D", int expires = 36000)
    {
        var last = Proof(register, opaque);
        var server = Server(opaque);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(last));
        Answers(server, last, 200, response => Granted(last, response, expires));
        return server;
    }

    /// <summary>The client sends a request outside dialogs; as it is on the wire.</summary>
    public SipRequest Sends(SipRequest request)
    {
        _ = Wire.Do(() => Wire.Endpoint.SendAsync(request, Wire.Flow));
        return Last(request.Method);
    }

    /// <summary>The last such request of all that was sent: what timers sent meanwhile, repetitions and their end, is not what is asked for.</summary>
    public SipRequest Last(SipMethod method) => Last<SipRequest>(request => request.Method == method);

    /// <summary>The last response with that status of all that was sent.</summary>
    public SipResponse Last(int status) => Last<SipResponse>(response => response.StatusCode == status);

    public static void Granted(SipRequest register, SipResponse response, int expires)
    {
        response.Headers.Add(HeaderName.Contact, $"{register.Headers[HeaderName.Contact]};expires={expires}");
        response.Headers.Add(HeaderName.Expires, $"{expires}");
    }

    public void Dispose() => _password.Dispose();

    private TMessage Last<TMessage>(Func<TMessage, bool> isAskedFor)
        where TMessage : SipMessage
    {
        TMessage? last = null;
        while (Wire.Unread > 0)
        {
            last = Wire.ExpectAny() is TMessage message && isAskedFor(message) ? message : last;
        }

        return last ?? throw new InvalidOperationException("Nothing of that kind was sent.");
    }

    private AssociationScheme Scheme(string name, Queue<KeyedContext> contexts) => new(
        name,
        (_, _) =>
        {
            Begun.Add(contexts.TryDequeue(out var next) ? next : new("c", "s", "!no keys"));
            return Begun[^1];
        },
        _random,
        Time)
    {
        Lifetime = _lifetime,
    };

    /// <summary>The calendar; timers run in the wire's virtual time.</summary>
    internal sealed class FixedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
