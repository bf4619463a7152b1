using System.Security.Cryptography;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// A user's side of Digest for one realm: it counts the uses of the nonce, follows nextnonce, and knows when a refusal is the last word
/// (RFC 7616 §§3.3–3.6).
/// </summary>
internal sealed class DigestClient : ISipAuthentication
{
    private readonly SipCredentials _credentials;
    private readonly RandomSource _random;
    private readonly DigestMath _math;
    private DigestChallenge _challenge;
    private byte[] _secret;
    private uint _count;
    private string _cnonce = "";

    // A nonce with which the server has accepted us: refused later, it has grown old, whether the server says so or not.
    private string? _proven;

    public DigestClient(ISipCredentialScheme scheme, DigestChallenge challenge, SipCredentials credentials, RandomSource random, DigestMath math)
    {
        Scheme = scheme;
        _credentials = credentials;
        _random = random;
        _math = math;
        _challenge = challenge;
        Failure = credentials.UsesTicketCache && credentials.Password.Bytes.IsEmpty ? "there is no password" : null;
        _secret = math.SecretOf(challenge.Algorithm, credentials.UserName, challenge.Realm, credentials.Password.Bytes);
    }

    public ISipCredentialScheme Scheme { get; }

    public IFlowProtection? Protection => null;

    public string? Failure { get; private set; }

    public bool TryContinue(AuthField challenge, AuthField? answered)
    {
        if (!DigestChallenge.TryRead(challenge, out var next) || (answered?["nonce"] is { } used && !MayTryAgain(next, used)))
        {
            Failure = "the server did not accept the user's name and password";
            return false;
        }

        if (next.Algorithm != _challenge.Algorithm)
        {
            if (_credentials.Password.IsCleared)
            {
                Failure = "the password was cleared";
                return false;
            }

            CryptographicOperations.ZeroMemory(_secret);
            _secret = _math.SecretOf(next.Algorithm, _credentials.UserName, next.Realm, _credentials.Password.Bytes);
        }

        Adopt(next);
        return true;
    }

    public AuthField? Authorize(SipRequest request)
    {
        var isCounted = _challenge.Protection != DigestProtection.None;
        if (_challenge.Algorithm.IsSession)
        {
            // RFC 7616 §3.4.2: the secret of a session keeps the cnonce of its first request.
            _cnonce = _cnonce.Length > 0 ? _cnonce : _random.NextHex(8);
        }
        else
        {
            _cnonce = isCounted ? _random.NextHex(8) : "";
        }

        var answer = new DigestAnswer
        {
            UserName = _challenge.WantsHashedUser
                ? _math.UserHashOf(_challenge.Algorithm, _credentials.UserName, _challenge.Realm)
                : _credentials.UserName,
            IsUserHashed = _challenge.WantsHashedUser,
            Realm = _challenge.Realm,
            Nonce = _challenge.Nonce,
            Uri = request.UriText,
            Algorithm = _challenge.Algorithm,
            NamesAlgorithm = _challenge.NamesAlgorithm,
            Protection = _challenge.Protection,
            CNonce = _cnonce,
            CountText = isCounted ? DigestText.CountOf(++_count) : "",
            Opaque = _challenge.Opaque,
        };
        return (answer with { Response = DigestText.DigitsOf(_math.DigestOf(answer, _secret, request.Method.Name, request.Body)) }).ToField();
    }

    public bool TryConfirm(AuthField answered, SipResponse response, AuthField? info)
    {
        if (!DigestAnswer.TryRead(answered, out var answer))
        {
            return true;
        }

        if (info?["rspauth"] is { } proof && !IsProof(proof, answer, response, info))
        {
            return false;
        }

        _proven = answer.Nonce;

        // The secret of a session is bound to its first nonce; what a new one does to it, RFC 7616 does not say. The old nonce stays good.
        if (info?["nextnonce"] is { Length: > 0 } next && next != _challenge.Nonce && !_challenge.Algorithm.IsSession)
        {
            Adopt(_challenge with { Nonce = next });
            _proven = next;
        }

        return true;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);

    // RFC 7616 §3.3: refused with the same nonce, or with one that was fresh, the credentials are wrong. Once accepted they are right, and
    // what is refused went out under a nonce that had its day, perhaps before another request brought a newer one.
    private bool MayTryAgain(DigestChallenge next, string used) =>
        used != next.Nonce && (next.IsStale || used == _proven || (_proven is not null && used != _challenge.Nonce));

    private void Adopt(DigestChallenge next)
    {
        if (next.Nonce != _challenge.Nonce)
        {
            _count = 0;
            _cnonce = "";
        }

        _challenge = next;
    }

    // RFC 7616 §3.5: as the request's digest, without a method, over the body of the response.
    private bool IsProof(string proof, DigestAnswer answer, SipResponse response, AuthField info)
    {
        var protection = "auth-int".Equals(info["qop"], StringComparison.OrdinalIgnoreCase) ? DigestProtection.Integrity : answer.Protection;
        var expected = _math.DigestOf(answer with { Protection = protection }, _secret, "", response.Body);
        return DigestMath.AreEqual(expected, proof);
    }
}
