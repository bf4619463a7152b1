using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>A server that knows alice, and the requests that people send to it.</summary>
internal sealed class DigestWorld : IDigestUserStore
{
    public const string Realm = "atlanta.example.com";

    public DigestWorld(Func<DigestServerOptions, DigestServerOptions>? options = null, ulong seed = 3)
    {
        Options = new DigestServerOptions { Realm = Realm };
        Options = options?.Invoke(Options) ?? Options;
        Server = new(Options, this, new SeededRandomSource(seed), new DigestMath(() => Hashes++));
    }

    public DigestServerOptions Options { get; }

    public DigestServer Server { get; }

    public int Hashes { get; private set; }

    public Timestamp Now { get; private set; } = new(1_000_000);

    public Dictionary<string, DigestSecret> Users { get; } = new() { ["alice"] = DigestSecret.OfPassword(new("wonderland")) };

    public static SipFlow Flow { get; } = FlowTo("server.test");

    public static SipFlow FlowTo(string host) => new("TCP", new("TCP", "self.test", 5060), new("TCP", host, 5060), isReliable: true, isOutgoing: true);

    public static SipRequest Request(SipMethod? method = null, string to = "sip:alice@atlanta.example.com", string uri = "sip:atlanta.example.com")
    {
        var request = new SipRequest(method ?? SipMethod.Register, SipUri.Parse(uri));
        request.Headers.Add(HeaderName.From, "<sip:alice@atlanta.example.com>;tag=1");
        request.Headers.Add(HeaderName.To, $"<{to}>");
        request.Headers.Add(HeaderName.CallId, "call1");
        request.Headers.Add(HeaderName.CSeq, $"1 {request.Method}");
        return request;
    }

    public void Advance(TimeSpan time) => Now += time;

    public DigestVerdict Verify(SipRequest request) => Server.Verify(request, ChallengeKind.UserAgent, Now);

    public SipResponse Challenge(SipRequest request, DigestOutcome outcome = DigestOutcome.Missing, ChallengeKind? kind = null)
    {
        kind ??= ChallengeKind.UserAgent;
        var response = request.CreateResponse(kind.Status);
        Server.Challenge(response, kind, outcome, Now);
        return response;
    }

    public SipResponse Accept(SipRequest request, DigestVerdict verdict)
    {
        var response = request.CreateResponse(200);
        Server.Confirm(response, ChallengeKind.UserAgent, verdict, Now);
        return response;
    }

    /// <summary>A client that has been challenged and answers with that password.</summary>
    public ISipAuthentication Client(string user = "alice", string password = "wonderland", int challenge = 0) =>
        new DigestScheme(new SeededRandomSource(4)).Begin(ChallengesOf(Challenge(Request()))[challenge], ChallengeKind.UserAgent, new(user, new(password)));

    public static List<AuthField> ChallengesOf(SipResponse response, ChallengeKind? kind = null)
    {
        var fields = new List<AuthField>();
        foreach (var text in response.Headers.GetAll((kind ?? ChallengeKind.UserAgent).ChallengeHeader))
        {
            Assert.True(AuthField.TryParseAll(text, fields));
        }

        return fields;
    }

    /// <summary>The next request of a client, with its credentials.</summary>
    public static SipRequest Next(ISipAuthentication client, SipMethod? method = null)
    {
        var request = Request(method);
        request.Headers[HeaderName.Authorization] = client.Authorize(request)!.ToString();
        return request;
    }

    public DigestSecret? Find(string userName, string realm, DigestAlgorithm algorithm) => Users.GetValueOrDefault(userName);

    public bool Owns(string userName, SipUri address) => address.User == userName && address.Host == Realm;
}
