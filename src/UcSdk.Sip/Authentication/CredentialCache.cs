namespace UcSdk.Sip;

/// <summary>
/// Answers the challenges of all servers that an endpoint talks to, and remembers what they asked, so that later requests carry their
/// credentials unasked (RFC 3261 §§22.1–22.3). Clearing it clears all keys.
/// </summary>
internal sealed class CredentialCache(IReadOnlyList<ISipCredentials> credentials, IReadOnlyList<ISipCredentialScheme> schemes) : IDisposable
{
    /// <summary>How many protection spaces are remembered; one more, and the oldest is forgotten.</summary>
    public const int MaxSpaces = 64;

    /// <summary>How many challenges one request is answered in a row; a chain of proxies needs one each, and a handshake up to three.</summary>
    public const int MaxRounds = 8;

    private static readonly ChallengeKind[] Kinds = [ChallengeKind.UserAgent, ChallengeKind.Proxy];

    private readonly List<ProtectionSpace> _spaces = [];
    private readonly HashSet<SipFlow> _protected = [];
    private readonly SchemeChoice _choice = new(schemes);

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
                AuthHeaders.Put(request.Headers, space.Kind.AnswerHeader, space.Realm, answer);
            }
        }
    }

    /// <summary>
    /// Takes the challenges of a 401 or 407. The request can go out again, after <see cref="Authorize"/>, unless the refusal
    /// stands: nobody knows credentials, or those known were refused in every scheme that the server and we have in common.
    /// </summary>
    /// <param name="refused">The request.</param>
    /// <param name="response">The refusal.</param>
    /// <param name="flow">Where the request had gone.</param>
    /// <param name="trail">What the request has tried, to which is added what fails now; null where nobody asks.</param>
    public bool TryAnswer(SipRequest refused, SipResponse response, SipFlow flow, AuthenticationTrail? trail = null)
    {
        var hasAnswer = false;
        trail ??= new();
        foreach (var kind in Kinds)
        {
            // What stands beside a scheme with signatures stands there in its place, whatever its realm: to give both would be to give the weaker.
            var isSigned = false;
            foreach (var challenges in ReadChallenges(response, kind).OrderByDescending(_choice.HasSignatures))
            {
                var signs = _choice.HasSignatures(challenges);
                if (isSigned && !signs)
                {
                    continue;
                }

                switch (TryAnswer(refused, flow, kind, challenges.Key, [.. challenges], trail))
                {
                    case true:
                        (hasAnswer, isSigned) = (true, signs);
                        break;
                    case false when !signs:
                        return false;
                }
            }
        }

        return hasAnswer;
    }

    /// <summary>A step for which the request has to wait before it goes again; null when it need not.</summary>
    public HandshakeStep? StepOf(SipRequest request, SipFlow flow) =>
        _spaces.Where(space => space.Covers(request, flow))
            .Select(space => IsUnderWay(space) ? space.Authentication.Step : space.Authentication.WaitOf(request))
            .FirstOrDefault(step => step is not null);

    /// <summary>Gives a step up that takes too long; false where nothing else could be tried.</summary>
    public bool TryGiveUp(HandshakeStep step, string why) => _spaces.Exists(space => space.Authentication.TryGiveUp(step, why));

    /// <summary>A request has had its last response, or will have none. True when a handshake ended with it.</summary>
    public bool Ended(SipRequest request, SipFlow flow)
    {
        var hasEnded = false;
        foreach (var space in _spaces)
        {
            hasEnded |= space.EndsWith(flow) && space.Authentication.Ended(request);
        }

        return hasEnded;
    }

    /// <summary>
    /// A server has given the request a final response that is no challenge: what it says of the next nonce is kept. False when a proof in it
    /// is wrong: whoever answered does not know the password; the protection space is forgotten.
    /// </summary>
    public bool TryConfirm(SipRequest request, SipResponse response, SipFlow flow)
    {
        var isProven = true;
        foreach (var space in _spaces.ToArray())
        {
            if (space.EndsWith(flow))
            {
                // What the server says of an association it says with its signature.
                if (response.IsSuccess && space.Authentication.Protection is not null)
                {
                    _choice.Accepted(space.Kind, space.Realm, request.Method, flow.Remote, space.Authentication);
                }

                continue;
            }

            if (!space.Covers(request, flow) || AuthHeaders.Find(request.Headers, space.Kind.AnswerHeader, space.Realm) is not { } answered)
            {
                continue;
            }

            var info = response.Headers[space.Kind.InfoHeader] is { } text && AuthField.TryParse(text, out var field) ? field : null;
            if (!space.Authentication.TryConfirm(answered, response, info))
            {
                Forget(space);
                isProven = false;
            }
            else if (response.IsSuccess)
            {
                _choice.Accepted(space.Kind, space.Realm, request.Method, flow.Remote, space.Authentication);
            }
        }

        return isProven;
    }

    /// <summary>What signs and verifies on a flow has changed: null when the handshake of a scheme came that far, and then failed.</summary>
    public bool TryGetProtection(SipFlow flow, out IFlowProtection? protection)
    {
        protection = ProtectionOf(flow);
        return protection is not null ? _protected.Add(flow) || true : _protected.Remove(flow);
    }

    private IFlowProtection? ProtectionOf(SipFlow flow)
    {
        IFlowProtection? first = null;
        List<IFlowProtection>? all = null;
        foreach (var space in _spaces)
        {
            if (space.EndsWith(flow) && space.Authentication.Protection is { } protection)
            {
                if (first is not null)
                {
                    all ??= [first];
                    all.Add(protection);
                }

                first ??= protection;
            }
        }

        return all is null ? first : new ProtectionChain(all);
    }

    /// <summary>The spaces that are bound to a flow.</summary>
    public IEnumerable<ProtectionSpace> On(SipFlow flow) => _spaces.Where(space => space.EndsWith(flow));

    /// <summary>A flow is gone, and the associations on it.</summary>
    public void FlowClosed(SipFlow flow)
    {
        foreach (var space in On(flow).ToArray())
        {
            Forget(space);
        }

        _protected.Remove(flow);
    }

    /// <summary>Clears all keys.</summary>
    public void Dispose()
    {
        _spaces.ForEach(space => space.Dispose());
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

    /// <summary>Removes what a request said for the realms that have challenged it.</summary>
    public static void RemoveAnswered(SipRequest request, SipResponse response)
    {
        foreach (var kind in Kinds)
        {
            foreach (var challenges in ReadChallenges(response, kind))
            {
                AuthHeaders.Remove(request.Headers, kind.AnswerHeader, challenges.Key);
            }
        }
    }

    /// <summary>Says what a server offers where nothing of it can be answered; null for a server that offers nothing.</summary>
    public static string? OfferOf(SipResponse response)
    {
        var offers = Kinds.SelectMany(kind => ReadChallenges(response, kind)).SelectMany(challenges => challenges).Select(challenge => challenge.Scheme).Distinct();
        return string.Join(", ", offers) is { Length: > 0 } offered ? $"the server offers {offered}, for which there are no credentials or which is not allowed" : null;
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

    private static bool IsUnderWay(ProtectionSpace space) => space.Authentication.Step is { IsDone: false };

    private static bool ForgetCleared(ProtectionSpace space)
    {
        // An association lives on: its keys are not the password.
        if (!space.Credentials.Password.IsCleared || space.Authentication.Protection is not null)
        {
            return false;
        }

        space.Dispose();
        return true;
    }

    // True: answered. False: everything that could be tried was refused. Null: nothing known for this realm, perhaps for another.
    private bool? TryAnswer(
        SipRequest refused, SipFlow flow, ChallengeKind kind, string realm, IReadOnlyList<AuthField> challenges, AuthenticationTrail trail)
    {
        var known = _spaces.Find(space => space.Kind == kind && space.Realm == realm && space.Covers(refused, flow));
        if (known is not null && (IsUnderWay(known) || known.Authentication.WaitOf(refused) is not null))
        {
            // What another request has begun answers this challenge too.
            return true;
        }

        var standing = known?.Authentication.Protection is null ? null : known.Authentication.Scheme;
        while (_choice.Choose(kind, realm, refused.Method, flow.Remote, challenges, standing, trail) is var (scheme, challenge))
        {
            if (known is not null && known.Authentication.Scheme == scheme && !known.Credentials.Password.IsCleared)
            {
                if (known.Authentication.TryContinue(challenge, AuthHeaders.Find(refused.Headers, kind.AnswerHeader, realm)))
                {
                    return true;
                }

                trail.Add(kind, realm, scheme.Name, known.Authentication.Failure ?? "refused");
                continue;
            }

            if (FindCredentials(realm, refused) is not { } found)
            {
                return null;
            }

            if (!scheme.CanUse(found))
            {
                trail.Add(kind, realm, scheme.Name, "it needs a password");
                continue;
            }

            var space = new ProtectionSpace(kind, challenge, refused, flow, found, scheme.Begin(challenge, kind, found));
            if (space.Authentication.Failure is { } failure)
            {
                space.Dispose();
                trail.Add(kind, realm, scheme.Name, failure);
                continue;
            }

            Replace(known, space);
            foreach (var listener in credentials.OfType<ISchemeListener>())
            {
                listener.Begun(scheme.Name, refused);
            }

            return true;
        }

        if (known?.Authentication.Protection is null)
        {
            // What was protected once stays so: without its keys a server is not believed, whatever it offers instead.
            Forget(known);
        }

        return trail.HasFailed(kind, realm) ? false : null;
    }

    private void Replace(ProtectionSpace? known, ProtectionSpace space)
    {
        Forget(known);
        if (_spaces.Count == MaxSpaces)
        {
            Forget(_spaces[0]);
        }

        _spaces.Add(space);
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

    private void Forget(ProtectionSpace? space)
    {
        if (space is not null)
        {
            space.Dispose();
            _spaces.Remove(space);
        }
    }
}
