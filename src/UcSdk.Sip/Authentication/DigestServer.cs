using System.Security.Cryptography;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The server's side of Digest (RFC 3261 §22.2–22.4, RFC 7616, RFC 8760), without I/O and clock. An unknown user and a wrong password take
/// the same path: as many hashes, the same answer.
/// </summary>
internal sealed class DigestServer
{
    private readonly DigestServerOptions _options;
    private readonly IDigestUserStore _users;
    private readonly DigestMath _math;
    private readonly DigestNonces _nonces;
    private readonly byte[] _nobodysPassword = new byte[16];

    public DigestServer(DigestServerOptions options, IDigestUserStore users, RandomSource random, DigestMath? math = null)
    {
        options.Validate();
        _options = options;
        _users = users;
        _math = math ?? new();
        _nonces = new(random, options);
        random.Fill(_nobodysPassword);
    }

    /// <summary>How many nonces in use are remembered.</summary>
    public int Nonces => _nonces.Count;

    /// <summary>Judges the credentials of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">Which header carries them.</param>
    /// <param name="now">The moment.</param>
    public DigestVerdict Verify(SipRequest request, ChallengeKind kind, Timestamp now)
    {
        var given = ReadAll(request, kind);
        if (given.Count != 1)
        {
            return new(given.Count == 0 ? DigestOutcome.Missing : DigestOutcome.Malformed);
        }

        var answer = given[0];
        if (!Offers(answer))
        {
            return new(DigestOutcome.Missing);
        }

        if (_options.RequiresSameUri && !IsSameUri(answer.Uri, request))
        {
            return new(DigestOutcome.Malformed);
        }

        var secret = SecretOf(answer, out var isKnown);
        var expected = _math.DigestOf(answer, secret, request.Method.Name, request.Body);
        if (!DigestMath.AreEqual(expected, answer.Response) || !isKnown)
        {
            CryptographicOperations.ZeroMemory(secret);
            return new(DigestOutcome.Refused, answer);
        }

        // Only now: that a nonce is stale is told to those who know the password (RFC 7616 §3.3).
        var isUsable = _nonces.Judge(answer.Nonce, now) is NonceState.Fresh or NonceState.Aging
            && _nonces.TryUse(answer.Nonce, answer.Protection == DigestProtection.None ? 1 : answer.Count, now);
        if (!isUsable)
        {
            CryptographicOperations.ZeroMemory(secret);
            return new(DigestOutcome.Stale, answer);
        }

        return new(DigestOutcome.Accepted, answer, secret);
    }

    /// <summary>Puts a challenge for each algorithm into a 401 or 407 (RFC 8760 §2.3), all with one new nonce.</summary>
    public void Challenge(SipResponse response, ChallengeKind kind, DigestOutcome outcome, Timestamp now)
    {
        var nonce = _nonces.Issue(now);
        foreach (var algorithm in _options.Algorithms)
        {
            var field = new AuthField(DigestText.Scheme)
                .WithQuoted("realm", _options.Realm)
                .WithQuoted("nonce", nonce)
                .WithQuoted("qop", _options.OffersIntegrity ? "auth,auth-int" : "auth")
                .With("algorithm", algorithm.Name);
            response.Headers.Add(kind.ChallengeHeader, (outcome == DigestOutcome.Stale ? field.With("stale", "true") : field).ToString());
        }
    }

    /// <summary>
    /// Puts the server's proof into the answer to an accepted request, and the next nonce where the one used is past half its life (RFC 7616
    /// §3.5). The body of the response must be there already; the secret of the verdict is cleared.
    /// </summary>
    public void Confirm(SipResponse response, ChallengeKind kind, DigestVerdict verdict, Timestamp now)
    {
        if (verdict is not { IsAccepted: true, Answer: { } answer, Secret: { } secret })
        {
            throw new ArgumentException("Only accepted credentials are confirmed.", nameof(verdict));
        }

        var info = new AuthField("");
        if (DigestText.TokenOf(answer.Protection) is { } qop)
        {
            info = info.With("qop", qop)
                .WithQuoted("rspauth", DigestText.DigitsOf(_math.DigestOf(answer, secret, "", response.Body)))
                .WithQuoted("cnonce", answer.CNonce)
                .With("nc", answer.CountText);
        }

        // Without a count the nonce is used up; with a session, nobody has said what a new nonce does to its secret.
        var isOver = answer.Protection == DigestProtection.None || _nonces.Judge(answer.Nonce, now) != NonceState.Fresh;
        if (isOver && !answer.Algorithm.IsSession)
        {
            info = info.WithQuoted("nextnonce", _nonces.Issue(now));
        }

        if (info.Count > 0)
        {
            response.Headers[kind.InfoHeader] = info.ToString();
        }

        CryptographicOperations.ZeroMemory(secret);
    }

    private static bool IsSameUri(string text, SipRequest request) =>
        text == request.UriText || (SipUri.TryParse(text, out var uri) && request.Uri is { } other && uri.IsEquivalentTo(other));

    private List<DigestAnswer> ReadAll(SipRequest request, ChallengeKind kind)
    {
        var given = new List<DigestAnswer>();
        foreach (var text in request.Headers.GetAll(kind.AnswerHeader))
        {
            if (AuthField.TryParse(text, out var field) && DigestAnswer.TryRead(field, out var answer) && answer.Realm == _options.Realm)
            {
                given.Add(answer);
            }
        }

        return given;
    }

    private bool Offers(DigestAnswer answer) =>
        _options.Algorithms.Contains(answer.Algorithm)
        && !answer.IsUserHashed
        && answer.Protection switch
        {
            DigestProtection.None => _options.AcceptsUnprotected,
            DigestProtection.Integrity => _options.OffersIntegrity,
            _ => true,
        };

    // The hash is computed in any case, also where the store has it or has nobody.
    private byte[] SecretOf(DigestAnswer answer, out bool isKnown)
    {
        var stored = _users.Find(answer.UserName, _options.Realm, answer.Algorithm);
        var password = stored?.Password is { IsCleared: false } known ? known.Bytes : _nobodysPassword;
        var secret = _math.SecretOf(answer.Algorithm, answer.UserName, _options.Realm, password);
        isKnown = stored is not null && (stored.Hash is not null || stored.Password is { IsCleared: false });
        if (stored?.Hash is { } hash)
        {
            CryptographicOperations.ZeroMemory(secret);
            secret = hash.ToArray();
        }

        return secret;
    }
}
