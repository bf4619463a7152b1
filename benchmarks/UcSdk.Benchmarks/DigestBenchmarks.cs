using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>One request authenticated by Digest with SHA-256, both sides, beside the three bare hashes that it cannot do without.</summary>
[MemoryDiagnoser]
public class DigestBenchmarks
{
    private const string User = "alice";
    private const string Realm = "contoso.test";

    private readonly byte[] _text = new byte[150];
    private readonly SipRequest _request = new(SipMethod.Register, SipUri.Parse("sip:contoso.test"));
    private ISipAuthentication _client = null!;
    private DigestServer _server = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new SeededRandomSource(1);
        var secret = new DigestMath().SecretOf(DigestAlgorithm.Sha256, User, Realm, "wonderland"u8.ToArray());
        _server = new(new() { Realm = Realm }, new Users(DigestSecret.OfHash(System.Text.Encoding.ASCII.GetString(secret))), random);
        var challenge = new SipResponse(401);
        _server.Challenge(challenge, ChallengeKind.UserAgent, DigestOutcome.Missing, default);
        _client = AuthField.TryParse(challenge.Headers[HeaderName.WwwAuthenticate], out var field)
            ? new DigestScheme(random).Begin(field, ChallengeKind.UserAgent, new(User, new("wonderland")))
            : throw new InvalidOperationException("The server's challenge cannot be read.");
    }

    [Benchmark(Baseline = true, Description = "three bare SHA-256")]
    public int BareHashes()
    {
        Span<byte> hash = stackalloc byte[32];
        return SHA256.HashData(_text.AsSpan(0, 40), hash) + SHA256.HashData(_text.AsSpan(0, 40), hash) + SHA256.HashData(_text, hash);
    }

    [Benchmark(Description = "answer one request")]
    public string Answer() => _client.Authorize(_request)!.ToString();

    [Benchmark(Description = "answer and verify one request")]
    public bool AnswerAndVerify()
    {
        _request.Headers[HeaderName.Authorization] = Answer();
        return _server.Verify(_request, ChallengeKind.UserAgent, default).IsAccepted;
    }

    private sealed class Users(DigestSecret secret) : IDigestUserStore
    {
        public DigestSecret? Find(string userName, string realm, DigestAlgorithm algorithm) => secret;

        public bool Owns(string userName, SipUri address) => true;
    }
}
