namespace UcSdk.Sip;

/// <summary>
/// A user's side of one realm at one server, over one flow ([MS-SIPAE] §3.2): the handshake, the association that comes of it, and the handshake that
/// replaces it, when its time is over or the server has forgotten it. A new association signs as soon as there is no other, and replaces the old one when the
/// server's first signature with the new keys is right; until then the old one still verifies, so that at no moment unsigned messages are believed.
/// </summary>
internal sealed class AssociationClient : ISipAuthentication, IFlowProtection
{
    private readonly AssociationScheme _scheme;
    private readonly ChallengeKind _kind;
    private readonly SipCredentials _credentials;
    private AssociationTerms _terms;
    private string? _opaque;

    // The handshake under way; null for none, and once it has become the next association.
    private ISecurityContext? _context;
    private string? _failedStep;
    private SecurityAssociation? _next;
    private SecurityAssociation? _current;

    // What other requests wait for while one has the handshake to itself; null when none does.
    private HandshakeStep? _whole;

    // What the next request says for the handshake, and the request that said it: it is not signed as others are.
    private AssociationAnswer? _answer;
    private SipMessage? _carrier;
    private TimeSpan? _life;
    private bool _isForgotten;
    private bool _isDue;

    public AssociationClient(AssociationScheme scheme, ChallengeKind kind, AssociationChallenge challenge, SipCredentials credentials)
    {
        _scheme = scheme;
        _kind = kind;
        _credentials = credentials;
        _terms = TermsOf(challenge);
        Begin(challenge);
    }

    public ISipCredentialScheme Scheme => _scheme;

    public int Version => _terms.Version;

    public string? Failure { get; private set; }

    public IFlowProtection? Protection => _current is null && _next is null ? null : this;

    public HandshakeStep? Step { get; private set; }

    private bool IsHandshaking => _context is not null || _next is not null;

    public bool TryContinue(AuthField challenge, AuthField? answered)
    {
        if (_failedStep is { } reason)
        {
            // The challenge that this step was to answer.
            _failedStep = null;
            return Fail(reason);
        }

        if (!AssociationChallenge.TryRead(challenge, out var read))
        {
            return Fail("the server's challenge is malformed");
        }

        // What a handshake that came to nothing was about binds nobody.
        if (read.Version < _terms.Version && read.Version < AssociationTerms.LastVersion && (IsHandshaking || _current is not null))
        {
            return Fail($"the server went back from version {_terms.Version} to {read.Version}");
        }

        var said = answered is not null && AssociationAnswer.TryRead(answered, out var answer) ? answer : null;
        if (IsHandshaking && said is { IsHandshake: true })
        {
            return Continue(read);
        }

        if (said is not null && _current is null)
        {
            EndHandshake("the server refuses what it has just agreed on");
            return Fail("the server refuses what it has just agreed on");
        }

        _isForgotten = said is not null;
        _terms = TermsOf(read);
        Begin(read);
        return Failure is null;
    }

    public AuthField? Authorize(SipRequest request)
    {
        if (_answer is { } answer)
        {
            _answer = null;
            _carrier = request;
            // Only version 4 signs the message that completes the handshake.
            return _next is { } next && _terms.Version >= AssociationTerms.LastVersion ? next.Complete(answer.ToField(), request) : answer.ToField();
        }

        if (_isDue && !IsHandshaking)
        {
            // [MS-SIPAE] §3.2.2: a request without a signature asks for a new handshake.
            _isDue = false;
            _carrier = request;
        }

        return null;
    }

    // What the server says of the association it says with its signature.
    public bool TryConfirm(AuthField answered, SipResponse response, AuthField? info) => true;

    // A handshake takes the messages of one request; the rest of its flow has nothing to say in it.
    public HandshakeStep? WaitOf(SipRequest refused) =>
        IsHandshaking && _carrier is not null && refused.CallId != _carrier.CallId ? _whole ??= HandshakeStep.OfWhole() : null;

    public bool TryGiveUp(HandshakeStep step, string why)
    {
        if (Step != step || step.IsDone)
        {
            return false;
        }

        EndHandshake(why);
        _failedStep = why;
        return true;
    }

    public bool Ended(SipRequest request)
    {
        if (request != _carrier)
        {
            return false;
        }

        _carrier = null;
        EndHandshake("the handshake was not completed");
        return true;
    }

    public TimeSpan? TakeLife()
    {
        var life = _life;
        _life = null;
        return life;
    }

    public void Renew() => _isDue = _current is not null;

    public void Protect(SipMessage message)
    {
        if (message == _carrier)
        {
            return;
        }

        var signer = _current is null || _isForgotten ? _next : _current;
        if (signer is not null)
        {
            signer.Protect(message);
        }
        else
        {
            AuthHeaders.Remove(message.Headers, _kind.AnswerHeader, _terms.Realm);
        }
    }

    public FlowVerdict Verify(SipMessage message)
    {
        var outcome = Check(message);
        if (message is SipResponse response)
        {
            response.IsVouchedFor |= outcome == AssociationOutcome.Accepted;
        }

        return AssociationVerdict.Of(_terms, outcome, message, IsHandshaking);
    }

    public void Dispose()
    {
        EndHandshake("the flow is gone");
        _current?.Dispose();
        _current = null;
    }

    private AssociationOutcome Check(SipMessage message)
    {
        var outcome = AssociationOutcome.Missing;
        if (_next is { } next)
        {
            outcome = next.Check(message);
            if (outcome == AssociationOutcome.Accepted)
            {
                _current?.Dispose();
                (_current, _next, _isForgotten, _isDue) = (next, null, false, false);
                EndWaiting(new(SecurityContextStatus.Established));
                return outcome;
            }
        }

        return _current is { } current && (_next is null || outcome != AssociationOutcome.Missing) ? current.Check(message) : outcome;
    }

    private AssociationTerms TermsOf(AssociationChallenge challenge) =>
        new(_kind, challenge.Scheme, challenge.Realm, challenge.Target, Math.Min(challenge.Version, AssociationTerms.LastVersion));

    private void Begin(AssociationChallenge challenge)
    {
        if (_credentials.Password.IsCleared)
        {
            Fail("the password was cleared");
            return;
        }

        EndHandshake("another handshake was begun");
        _opaque = challenge.Opaque;
        _context = _scheme.BeginContext(_credentials, challenge.Target);
        Advance(challenge.Token ?? []);
    }

    private bool Continue(AssociationChallenge challenge)
    {
        if (_context is null || challenge.Token is null)
        {
            // Our last word was the proof of the password: challenged again, it was not believed.
            const string Why = "the server did not accept the user's name and password";
            EndHandshake(Why);
            return Fail(Why);
        }

        _opaque = challenge.Opaque ?? _opaque;
        Advance(challenge.Token);
        return Failure is null;
    }

    // The one place where a context takes a step, outside the loop where it may block.
    private void Advance(byte[] token)
    {
        Failure = null;
        var step = Step = HandshakeStep.Begin(_context!, token);
        if (step.IsDone)
        {
            Stepped(step.Outcome!.Value);
            return;
        }

        step.WhenDone(() =>
        {
            if (Step == step)
            {
                Stepped(step.Outcome!.Value);
                _failedStep = Failure;
            }
        });
    }

    private void Stepped(SecurityContextStep step)
    {
        switch (step.Status)
        {
            case SecurityContextStatus.Refused:
                var why = step.Why ?? "the server's part of the handshake is unusable";
                EndHandshake(why);
                Fail(why);
                return;
            case SecurityContextStatus.Established:
                _life = _scheme.LifeOf(_context!.Expires);
                _next = _scheme.Associate(_terms, _context, _opaque);
                _context = null;
                break;
        }

        _answer = new()
        {
            Scheme = _terms.Scheme,
            Realm = _terms.Realm,
            Target = _terms.Target,
            Version = _terms.Version,
            Opaque = _opaque,
            Token = step.Token,
        };
    }

    private void EndHandshake(string why)
    {
        if (_context is not null)
        {
            // It may be running outside the loop, and what comes of it is nobody's then.
            Step!.Release();
            Step = null;
        }

        _next?.Dispose();
        (_context, _next, _answer, _failedStep) = (null, null, null, null);
        EndWaiting(SecurityContextStep.Refuse(why));
    }

    private void EndWaiting(SecurityContextStep outcome)
    {
        var whole = _whole;
        _whole = null;
        whole?.End(outcome);
    }

    private bool Fail(string why)
    {
        Failure = why;
        return false;
    }
}
