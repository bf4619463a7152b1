using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Fuzz;

/// <summary>Authentication headers of hostile servers and hostile clients.</summary>
internal static class DigestTargets
{
    private static readonly SipFlow Flow = new("TCP", new("TCP", "a.test", 5060), new("TCP", "b.test", 5060), isReliable: true, isOutgoing: true);

    public static readonly FuzzTarget Digest = new("digest", "digest", Run);

    private static void Run(byte[] input, RandomSource random)
    {
        var text = Encoding.UTF8.GetString(input).ReplaceLineEndings(" ").Replace('\n', ' ').Replace('\r', ' ');
        var fields = new List<AuthField>();
        FuzzFinding.Require(AuthField.TryParseAll(text, fields) || fields.Count == 0, "all of a field or nothing");
        var scheme = new DigestScheme(random);
        foreach (var field in fields)
        {
            FuzzFinding.Require(AuthField.TryParse(field.ToString(), out var again) && again.SequenceEqual(field), $"a field survives: {field}");
            Answer(scheme, field);
        }

        AskOurClient(text, scheme);
        AskOurServer(text, random);
    }

    // What our client answers can be read, and says what it was asked.
    private static void Answer(DigestScheme scheme, AuthField challenge)
    {
        if (!scheme.CanAnswer(challenge))
        {
            return;
        }

        using var password = new SipPassword("secret");
        using var client = scheme.Begin(challenge, ChallengeKind.UserAgent, new("alice", password));
        var answer = client.Authorize(Request())!;
        FuzzFinding.Require(AuthField.TryParse(answer.ToString(), out var read) && DigestAnswer.TryRead(read, out _), $"our answer can be read: {answer}");
        FuzzFinding.Require(read!["realm"] == challenge["realm"] && read["nonce"] == challenge["nonce"], $"realm and nonce return as they came: {answer}");
        FuzzFinding.Require(!client.TryContinue(challenge, answer), "the same challenge is not answered twice");
        _ = client.TryConfirm(answer, new SipResponse(200), challenge);
    }

    // Whatever a server says, as challenge and as confirmation, and a second time.
    private static void AskOurClient(string text, DigestScheme scheme)
    {
        using var password = new SipPassword("secret");
        using var cache = new CredentialCache([new SipCredentials("alice", password)], [scheme]);
        var request = Request();
        var response = request.CreateResponse(401);
        response.Headers.Add(HeaderName.WwwAuthenticate, text);
        response.Headers.Add(HeaderName.ProxyAuthenticate, text);
        response.Headers.Add(HeaderName.AuthenticationInfo, text);
        if (cache.TryAnswer(request, response, Flow))
        {
            cache.Authorize(request, Flow);
            FuzzFinding.Require(!cache.TryAnswer(request, response, Flow), "a refusal is not answered for ever");
        }

        _ = cache.TryConfirm(request, response, Flow);
    }

    // Whatever a client says, it does not get in.
    private static void AskOurServer(string text, RandomSource random)
    {
        var server = new DigestServer(new() { Realm = "contoso.test", OffersIntegrity = true, AcceptsUnprotected = true }, new Everybody(), random);
        var request = Request();
        request.Headers.Add(HeaderName.Authorization, text);
        var verdict = server.Verify(request, ChallengeKind.UserAgent, new Timestamp(1));
        FuzzFinding.Require(!verdict.IsAccepted && server.Nonces == 0, "nobody gets in, and nothing is remembered of those who try");
        server.Challenge(request.CreateResponse(401), ChallengeKind.UserAgent, verdict.Outcome, new Timestamp(1));
    }

    private static SipRequest Request()
    {
        var request = new SipRequest(SipMethod.Register, SipUri.Parse("sip:contoso.test"));
        request.Headers.Add(HeaderName.From, "<sip:alice@contoso.test>;tag=1");
        request.Headers.Add(HeaderName.To, "<sip:alice@contoso.test>");
        request.Headers.Add(HeaderName.CallId, "c");
        request.Headers.Add(HeaderName.CSeq, "1 REGISTER");
        return request;
    }

    private sealed class Everybody : IDigestUserStore
    {
        public DigestSecret? Find(string userName, string realm, DigestAlgorithm algorithm) => DigestSecret.OfPassword(new("secret"));

        public bool Owns(string userName, SipUri address) => true;
    }
}
