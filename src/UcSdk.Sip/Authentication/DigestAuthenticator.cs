using System.Security.Cryptography;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Asks those who send requests to an endpoint who they are, by Digest (RFC 3261 §22, RFC 7616, RFC 8760): for registrars, proxies and user
/// agents. Used on the endpoint's loop.
/// </summary>
public sealed class DigestAuthenticator
{
    private readonly DigestServer _server;
    private readonly IDigestUserStore _users;
    private readonly Func<Timestamp> _now;
    private readonly string _realm;

    /// <summary>Makes one; one serves all flows of an endpoint, and several endpoints of one loop.</summary>
    /// <param name="options">What it offers and takes.</param>
    /// <param name="users">Who is known.</param>
    /// <param name="time">The clock of the endpoint.</param>
    /// <exception cref="ArgumentException">The options contradict themselves or are out of range.</exception>
    public DigestAuthenticator(DigestServerOptions options, IDigestUserStore users, TimeProvider time)
        : this(options, users, SystemRandomSource.Instance, () => Timestamp.Of(time))
    {
    }

    internal DigestAuthenticator(DigestServerOptions options, IDigestUserStore users, RandomSource random, Func<Timestamp> now)
    {
        _server = new(options, users, random);
        _users = users;
        _realm = options.Realm;
        _now = now;
    }

    /// <summary>Called with the status when credentials were given and not accepted, for a log or a lock against guessing; a first challenge is no such event.</summary>
    public Action<IncomingRequest, int>? Refused { get; set; }

    /// <summary>Slows down those who guess; null for nobody who does.</summary>
    internal IProofGuard? Guard { get; init; }

    /// <summary>
    /// Finds out who sent a request. Where that is not proven, the request is answered here: 401 (or 407) with a challenge, 400 for credentials
    /// that belong to another Request-URI or stand there twice, 403 where the user is not the one that From (and To of a REGISTER) names.
    /// </summary>
    /// <param name="incoming">A request that nobody has answered; never ACK or CANCEL, which cannot be challenged (RFC 3261 §22.1).</param>
    /// <param name="asProxy">True for an element that forwards: it asks for Proxy-Authorization.</param>
    /// <returns>Who it is; null when the request is answered.</returns>
    /// <exception cref="InvalidOperationException">The request is answered or taken already.</exception>
    public DigestIdentity? Authenticate(IncomingRequest incoming, bool asProxy = false)
    {
        var kind = asProxy ? ChallengeKind.Proxy : ChallengeKind.UserAgent;
        return Authenticate(incoming, kind, (response, outcome) => Challenge(response, kind, outcome));
    }

    /// <summary>The same, where others have a part in the challenge.</summary>
    internal DigestIdentity? Authenticate(IncomingRequest incoming, ChallengeKind kind, Action<SipResponse, DigestOutcome> challenge)
    {
        var verdict = _server.Verify(incoming.Request, kind, _now());
        if (verdict.Answer is { } tried && Guard?.Admits(DigestText.Scheme, tried.UserName, incoming.Flow, verdict.Outcome != DigestOutcome.Refused) == false)
        {
            CryptographicOperations.ZeroMemory(verdict.Secret);
            incoming.Respond(StatusCode.Forbidden, null, response => response.Headers.Add(HeaderName.MsDiagnostics, Guard.Refusal.ToString()));
            Refused?.Invoke(incoming, StatusCode.Forbidden);
            return null;
        }

        switch (verdict.Outcome)
        {
            case DigestOutcome.Accepted when OwnsIdentity(incoming.Request, verdict.Answer!.UserName):
                RemoveCredentials(incoming.Request);
                return new(verdict.Answer.UserName, response => _server.Confirm(response, kind, verdict, _now()));
            case DigestOutcome.Accepted:
                incoming.Respond(StatusCode.Forbidden);
                Refused?.Invoke(incoming, StatusCode.Forbidden);
                return null;
            case DigestOutcome.Malformed:
                incoming.Respond(StatusCode.BadRequest, "Unusable Credentials");
                Refused?.Invoke(incoming, StatusCode.BadRequest);
                return null;
            default:
                incoming.Respond(kind.Status, null, response => challenge(response, verdict.Outcome));
                if (verdict.Outcome == DigestOutcome.Refused)
                {
                    Refused?.Invoke(incoming, kind.Status);
                }

                return null;
        }
    }

    /// <summary>Writes the challenges of all algorithms.</summary>
    internal void Challenge(SipResponse response, ChallengeKind kind, DigestOutcome outcome) => _server.Challenge(response, kind, outcome, _now());

    /// <summary>Removes what a proxy was told and nobody behind it needs to see (RFC 3261 §22.3).</summary>
    public void RemoveCredentials(SipRequest request) => AuthHeaders.Remove(request.Headers, HeaderName.ProxyAuthorization, _realm);

    private bool OwnsIdentity(SipRequest request, string user) =>
        request.From is { } from && _users.Owns(user, from.Uri)
        && (request.Method != SipMethod.Register || (request.To is { } to && _users.Owns(user, to.Uri)));
}
