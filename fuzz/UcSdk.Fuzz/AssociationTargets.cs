using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Fuzz;

/// <summary>Headers of handshakes and signatures ([MS-SIPAE]) of hostile servers and hostile clients, and messages whose signature is asked for.</summary>
internal static class AssociationTargets
{
    private const string Realm = "SIP Communications Service";

    private static readonly SipFlow Flow = new("TCP", new("TCP", "a.test", 5060), new("TCP", "b.test", 5060), isReliable: true, isOutgoing: true);

    private static readonly AssociationTerms Terms = new(ChallengeKind.UserAgent, "NTLM", Realm, "fe.contoso.com", 4);

    public static readonly FuzzTarget Association = new("association", "association", Run);

    private static void Run(byte[] input, RandomSource random)
    {
        var text = Encoding.UTF8.GetString(input).Replace('\n', ' ').Replace('\r', ' ');
        foreach (var role in new[] { AssociationRole.Client, AssociationRole.Server })
        {
            CompareReaders(text, role);
            Check(text, role, random);
        }

        AskOurClient(text, random);
        if (SipMessage.TryParse(input, SipLimits.Default, out var message, out _))
        {
            Sign(message!, random);
        }
    }

    // The reader that allocates nothing and the one that keeps everything see the same.
    private static void CompareReaders(string text, AssociationRole signer)
    {
        if (!SignatureField.TryRead(Encoding.UTF8.GetBytes(text.Trim()), signer, out var field) || !AuthField.TryParse(text, out var other) || other.Scheme.Length == 0)
        {
            return;
        }

        Require(field.Scheme, other.Scheme);
        Require(field.Realm, other["realm"]);
        Require(field.Opaque, other["opaque"]);
        Require(field.Code, other[signer == AssociationRole.Client ? "response" : "rspauth"]);

        void Require(ReadOnlySpan<byte> raw, string? value) =>
            FuzzFinding.Require(SipGrammar.Unescape(WireText.Read(raw)) == (value ?? ""), $"both readers read the same: {text}");
    }

    // Nothing is right when the keys say that it is not, and nothing is used up.
    private static void Check(string text, AssociationRole role, RandomSource random)
    {
        using var association = new SecurityAssociation(role, Terms, new Keys(isRight: false), random, "1A2B3C4D");
        var request = Request();
        request.Headers.Add(role == AssociationRole.Client ? HeaderName.AuthenticationInfo : HeaderName.Authorization, text);
        FuzzFinding.Require(association.Check(request) != AssociationOutcome.Accepted, $"nobody is believed: {text}");
    }

    // Whatever a server says, and a second time, the answer can be read and there is an end to it.
    private static void AskOurClient(string text, RandomSource random)
    {
        using var password = new SipPassword("secret");
        var scheme = new AssociationScheme("NTLM", (_, _) => new Keys(isRight: true), random, TimeProvider.System);
        using var cache = new CredentialCache([new SipCredentials("alice", password)], [scheme]);
        var request = Request();
        var response = request.CreateResponse(401);
        response.Headers.Add(HeaderName.WwwAuthenticate, text);
        response.Headers.Add(HeaderName.AuthenticationInfo, text);
        for (var round = 0; cache.TryAnswer(request, response, Flow); round++)
        {
            FuzzFinding.Require(round < 3, $"a refusal is not answered for ever: {text}");
            cache.Authorize(request, Flow);
            foreach (var value in request.Headers.GetAll(HeaderName.Authorization))
            {
                FuzzFinding.Require(AuthField.TryParse(value, out var field) && AssociationAnswer.TryRead(field, out _), $"our answer can be read: {value}");
            }
        }

        _ = cache.TryConfirm(request, response, Flow);
    }

    // Whatever a message says, one end signs what the other finds signed.
    private static void Sign(SipMessage message, RandomSource random)
    {
        message.Headers.Remove(HeaderName.Authorization);
        using var client = new SecurityAssociation(AssociationRole.Client, Terms, new Keys(isRight: true), random, "1A2B3C4D");
        using var server = new SecurityAssociation(AssociationRole.Server, Terms, new Keys(isRight: true), random, "1A2B3C4D");
        client.Protect(message);
        var bytes = message.ToBytes();
        if (SipMessage.TryParse(bytes, SipLimits.Default, out var read, out _))
        {
            FuzzFinding.Require(server.Check(read!) == AssociationOutcome.Accepted, "what is signed is signed on the other side too");
        }
    }

    private static SipRequest Request()
    {
        var request = new SipRequest(SipMethod.Register, SipUri.Parse("sip:contoso.test"));
        request.Headers.Add(HeaderName.From, "<sip:alice@contoso.test>;tag=1");
        request.Headers.Add(HeaderName.To, "<sip:alice@contoso.test>");
        request.Headers.Add(HeaderName.CallId, "1");
        request.Headers.Add(HeaderName.CSeq, "1 REGISTER");
        request.Headers.Add(HeaderName.Via, "SIP/2.0/TCP a.test;branch=z9hG4bK1");
        return request;
    }

    /// <summary>Keys whose signature is a sum of the text, so that two ends agree only on the same text.</summary>
    private sealed class Keys(bool isRight) : ISecurityContext
    {
        private int _steps;

        public bool MayBlock => false;

        public bool IsEstablished => true;

        public DateTimeOffset? Expires => null;

        public string? Peer => null;

        public SecurityContextStep Advance(ReadOnlyMemory<byte> token) =>
            _steps++ == 0 ? new(SecurityContextStatus.Continue, []) : new(SecurityContextStatus.Established, token.ToArray());

        public void Sign(ReadOnlySpan<byte> text, IBufferWriter<byte> signature) => signature.Write(SHA256.HashData(text));

        public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
            isRight && signature.SequenceEqual(SHA256.HashData(text));

        public void Dispose()
        {
        }
    }
}
