using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>
/// Answers the challenges of all servers that an endpoint talks to, and remembers what they asked, so that later requests carry their
/// credentials unasked (RFC 3261 §§22.1–22.3). Clearing it clears all keys.
/// </summary>
internal sealed class CredentialCache(IReadOnlyList<ISipCredentials> credentials, IReadOnlyList<ISipCredentialScheme> schemes) : IDisposable
{
    /// <summary>How many protection spaces are remembered; one more, and the oldest is forgotten.</summary>
    public const int MaxSpaces = 64;

    /// <summary>How many challenges one request is answered in a row; a chain of proxies needs one each.</summary>
    public const int MaxRounds = 8;

    private static readonly ChallengeKind[] Kinds = [ChallengeKind.UserAgent, ChallengeKind.Proxy];

    private readonly List<ProtectionSpace> _spaces = [];

    public int Count => _spaces.Count;

    /// <summary>Puts the credentials of every known protection space into a request that is about to go out.</summary>
    public void Authorize(SipRequest request, SipFlow flow)
    {
        if (_spaces.Count == 0 || request.Method == SipMethod.Cancel || request.Method.IsUnanswered)
        {
            return;
        }

        _spaces.RemoveAll(ForgetCleared);
        foreach (var space in _spaces)
        {
            if (space.Covers(request, flow) && !IsUnderWay(space) && space.Authentication.Authorize(request) is { } answer)
            {
                Put(request.Headers, space.Kind.AnswerHeader, space.Realm, answer);
            }
        }
    }

    /// <summary>
    /// Takes the challenges of a 401 or 407. True when the request can go out again, after <see cref="Authorize"/>; false when the refusal
    /// stands: nobody knows credentials, or those known were refused.
    /// </summary>
    public bool TryAnswer(SipRequest refused, SipResponse response, SipFlow flow)
    {
        var hasAnswer = false;
        foreach (var kind in Kinds)
        {
            foreach (var challenges in ReadChallenges(response, kind))
            {
                switch (TryAnswer(refused, flow, kind, challenges.Key, challenges))
                {
                    case true:
                        hasAnswer = true;
                        break;
                    case false:
                        return false;
                }
            }
        }

        return hasAnswer;
    }

    /// <summary>A step for which the request has to wait before it goes again; null when it need not.</summary>
    public HandshakeStep? StepOf(SipRequest request, SipFlow flow) =>
        _spaces.Find(space => IsUnderWay(space) && space.Covers(request, flow))?.Authentication.Step;

    /// <summary>
    /// A server has given the request a final response that is no challenge: what it says of the next nonce is kept. False when a proof in it
    /// is wrong: whoever answered does not know the password; the protection space is forgotten.
    /// </summary>
    public bool TryConfirm(SipRequest request, SipResponse response, SipFlow flow)
    {
        var isProven = true;
        foreach (var space in _spaces.ToArray())
        {
            if (!space.Covers(request, flow) || Find(request.Headers, space.Kind.AnswerHeader, space.Realm) is not { } answered)
            {
                continue;
            }

            var info = response.Headers[space.Kind.InfoHeader] is { } text && AuthField.TryParse(text, out var field) ? field : null;
            if (!space.Authentication.TryConfirm(answered, response, info))
            {
                Forget(space);
                isProven = false;
            }
        }

        return isProven;
    }

    /// <summary>What signs and verifies on a flow, once the handshake of a scheme has come that far; null for nothing.</summary>
    public IFlowProtection? ProtectionOf(SipFlow flow) => _spaces.Find(space => space.EndsWith(flow))?.Authentication.Protection;

    /// <summary>A flow is gone, and the associations on it.</summary>
    public void FlowClosed(SipFlow flow)
    {
        foreach (var space in _spaces.Where(space => space.EndsWith(flow)).ToArray())
        {
            Forget(space);
        }
    }

    /// <summary>Clears all keys.</summary>
    public void Dispose()
    {
        _spaces.ForEach(space => space.Authentication.Dispose());
        _spaces.Clear();
    }

    /// <summary>Copies what a request carried, for the ACK and the CANCEL that belong to it (§22.1).</summary>
    public static void Copy(SipRequest from, SipRequest to)
    {
        foreach (var kind in Kinds)
        {
            foreach (var value in from.Headers.GetAll(kind.AnswerHeader))
            {
                to.Headers.Add(kind.AnswerHeader, value);
            }
        }
    }

    /// <summary>Removes what is for a realm and leaves what is for others.</summary>
    public static void Remove(SipHeaders headers, HeaderName name, string realm)
    {
        if (!headers.Contains(name))
        {
            return;
        }

        var others = headers.GetAll(name).Where(text => !IsOf(text, realm, out _)).ToArray();
        headers.Remove(name);
        foreach (var other in others)
        {
            headers.Add(name, other);
        }
    }

    private static IEnumerable<IGrouping<string, AuthField>> ReadChallenges(SipResponse response, ChallengeKind kind)
    {
        var challenges = new List<AuthField>();
        foreach (var text in response.Headers.GetAll(kind.ChallengeHeader))
        {
            AuthField.TryParseAll(text, challenges);
        }

        return challenges.GroupBy(challenge => challenge["realm"] ?? "", StringComparer.Ordinal);
    }

    private static AuthField? Find(SipHeaders headers, HeaderName name, string realm)
    {
        foreach (var text in headers.GetAll(name))
        {
            if (IsOf(text, realm, out var field))
            {
                return field;
            }
        }

        return null;
    }

    private static void Put(SipHeaders headers, HeaderName name, string realm, AuthField field)
    {
        Remove(headers, name, realm);
        headers.Add(name, field.ToString());
    }

    private static bool IsOf(string text, string realm, [NotNullWhen(true)] out AuthField? field) =>
        AuthField.TryParse(text, out field) && (field["realm"] ?? "") == realm;

    private static bool IsUnderWay(ProtectionSpace space) => space.Authentication.Step is { IsDone: false };

    private static bool ForgetCleared(ProtectionSpace space)
    {
        if (!space.Credentials.Password.IsCleared)
        {
            return false;
        }

        space.Authentication.Dispose();
        return true;
    }

    // True: answered. False: what we know was refused. Null: nothing known for this realm, perhaps for another.
    private bool? TryAnswer(SipRequest refused, SipFlow flow, ChallengeKind kind, string realm, IEnumerable<AuthField> challenges)
    {
        // RFC 8760 §2.4: the first that we can do; the server has put its preferred one on top.
        var (scheme, challenge) = Choose(challenges);
        if (scheme is null || challenge is null)
        {
            return null;
        }

        var known = _spaces.Find(space => space.Kind == kind && space.Realm == realm && space.Covers(refused, flow));
        if (known is not null && IsUnderWay(known))
        {
            // What another request has begun answers this challenge too.
            return true;
        }

        if (known is not null && known.Authentication.Scheme == scheme && !known.Credentials.Password.IsCleared)
        {
            if (known.Authentication.TryContinue(challenge, Find(refused.Headers, kind.AnswerHeader, realm)))
            {
                return true;
            }

            Forget(known);
            return false;
        }

        if (known is not null)
        {
            Forget(known);
        }

        if (FindCredentials(realm, refused) is not { } found)
        {
            return null;
        }

        if (_spaces.Count == MaxSpaces)
        {
            Forget(_spaces[0]);
        }

        _spaces.Add(new ProtectionSpace(kind, challenge, refused, flow, found, scheme.Begin(challenge, found)));
        return true;
    }

    private (ISipCredentialScheme? Scheme, AuthField? Challenge) Choose(IEnumerable<AuthField> challenges)
    {
        foreach (var challenge in challenges)
        {
            if (schemes.FirstOrDefault(scheme => challenge.IsScheme(scheme.Name) && scheme.CanAnswer(challenge)) is { } scheme)
            {
                return (scheme, challenge);
            }
        }

        return default;
    }

    private SipCredentials? FindCredentials(string realm, SipRequest request)
    {
        foreach (var source in credentials)
        {
            if (source.Find(realm, request) is { Password.IsCleared: false } found)
            {
                return found;
            }
        }

        return null;
    }

    private void Forget(ProtectionSpace space)
    {
        space.Authentication.Dispose();
        _spaces.Remove(space);
    }
}
