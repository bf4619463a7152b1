using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The server's side of the schemes with signatures ([MS-SIPAE] §3.3): challenges, leads handshakes to associations, and guards the flows that have one. One
/// serves all flows of an endpoint, on its loop. A flow is watched from the first challenge on (<see cref="Watch"/>).
/// </summary>
internal sealed class AssociationServer(
    AssociationServerOptions options, IReadOnlyList<AssociationOffer> offers, IAssociationUsers users, RandomSource random, AssociationClock clock) : IDisposable
{
    private static readonly HeaderName[] AnswerHeaders = [HeaderName.Authorization, HeaderName.ProxyAuthorization];

    private static readonly HeaderName[] InfoHeaders = [HeaderName.AuthenticationInfo, HeaderName.ProxyAuthenticationInfo];

    private readonly HandshakeTable _handshakes = new(options);
    private readonly Dictionary<SipFlow, FlowAssociations> _flows = [];
    private readonly TimerQueue<ServerAssociation> _ends = new();

    public AssociationServerOptions Options => options;

    public Timestamp Now => clock.Now();

    /// <summary>Handshakes under way.</summary>
    public int Handshakes => _handshakes.Count;

    /// <summary>Associations that stand.</summary>
    public int Associations => _flows.Values.Sum(flow => flow.Count);

    public ChallengeKind DefaultKind { get; init; } = ChallengeKind.UserAgent;

    /// <summary>Writes all challenges of the server, in its order; null for those of the schemes here. The flag tells that only schemes with signatures will do.</summary>
    public Action<SipResponse, ChallengeKind, bool>? WriteChallenges { get; init; }

    /// <summary>Slows down those who guess; null for nobody who does.</summary>
    public IProofGuard? Guard { get; init; }

    /// <summary>Whether a user may send a request in whose From another is named: in the dialog of a call that was sent on to it. Null: never.</summary>
    public Func<SipRequest, SipUri, bool>? MaySpeak { get; init; }

    /// <summary>Told when <see cref="NextDeadline"/> may have changed.</summary>
    public Action? DeadlineChanged { get; init; }

    /// <summary>When the next association or handshake ends by itself; null where none does.</summary>
    public Timestamp? NextDeadline => (_ends.NextDeadline, _handshakes.NextDeadline) switch
    {
        ({ } end, { } step) => end < step ? end : step,
        (var end, var step) => end ?? step,
    };

    /// <summary>Told of each refusal: the method, the status, and why, without secrets and names.</summary>
    public Action<SipMethod, int, string>? Refused { get; init; }

    /// <summary>Makes ready for the answers to a challenge; null on datagrams, which have no connection that an association could be of.</summary>
    public FlowAssociations? Watch(SipFlow flow)
    {
        if (!flow.IsReliable)
        {
            return null;
        }

        if (!_flows.TryGetValue(flow, out var associations))
        {
            _flows.Add(flow, associations = new(this, flow));
        }

        return associations;
    }

    /// <summary>Ends what is over by now: it neither signs nor verifies any more.</summary>
    public void Elapse()
    {
        while (_ends.TryTakeDue(Now, out var association))
        {
            _flows[association.Flow].Remove(association);
        }

        _handshakes.Expire(Now);
    }

    /// <summary>An association stands on its flow.</summary>
    public void Begun(ServerAssociation association)
    {
        _ends.Set(association, association.Due);
        DeadlineChanged?.Invoke();
    }

    /// <summary>An association was taken off its flow.</summary>
    public void Ended(ServerAssociation association) => _ends.Cancel(association);

    /// <summary>Clears everything of a flow that has ended.</summary>
    public void CloseFlow(SipFlow flow)
    {
        _handshakes.CloseFlow(flow);
        if (_flows.Remove(flow, out var associations))
        {
            associations.Clear();
        }
    }

    /// <summary>Forgets every association, but not which flows have had one: what comes over those is challenged anew.</summary>
    public void Forget()
    {
        foreach (var associations in _flows.Values)
        {
            associations.Clear();
        }
    }

    public void Dispose()
    {
        _handshakes.Clear();
        Forget();
        _flows.Clear();
    }

    /// <summary>Writes the challenge of one scheme ([MS-SIPAE] §3.3.5.1).</summary>
    public void WriteChallenge(SipResponse response, ChallengeKind kind, AssociationOffer offer) =>
        response.Headers.Add(kind.ChallengeHeader, ChallengeOf(offer, options.Version).ToField().ToString());

    /// <summary>The answer to one of our challenges that a message carries, in whichever header.</summary>
    public AuthField? FindAnswer(SipMessage message, out ChallengeKind kind)
    {
        foreach (var header in AnswerHeaders)
        {
            foreach (var text in message.Headers.GetAll(header))
            {
                if (AuthField.TryParse(text, out var field) && OfferOf(field) is not null)
                {
                    kind = header == HeaderName.ProxyAuthorization ? ChallengeKind.Proxy : ChallengeKind.UserAgent;
                    return field;
                }
            }
        }

        kind = DefaultKind;
        return null;
    }

    /// <summary>Takes off what was for this server only.</summary>
    public void RemoveAnswers(SipHeaders headers)
    {
        foreach (var header in AnswerHeaders)
        {
            AuthHeaders.Remove(headers, header, this, static (field, server) => server.OfferOf(field) is not null);
        }
    }

    /// <summary>Takes off the signatures of other servers, which those behind this one cannot verify.</summary>
    public static void RemoveInfo(SipHeaders headers)
    {
        foreach (var header in InfoHeaders)
        {
            if (headers.Contains(header) && headers.GetAll(header).Any(text => AuthField.TryParse(text, out var field) && field["rspauth"] is not null && field["srand"] is not null))
            {
                headers.Remove(header);
            }
        }
    }

    /// <summary>What is wrong with a message, in words for a log.</summary>
    public static string Describe(AssociationOutcome outcome) => outcome switch
    {
        AssociationOutcome.Missing => "it is not signed",
        AssociationOutcome.Foreign => "its association does not stand on this connection",
        AssociationOutcome.Malformed => "its signature is malformed",
        AssociationOutcome.Replayed => "its signature was used before",
        _ => "its signature is wrong",
    };

    /// <summary>Refuses what is not rightly signed, with a challenge with which everything begins anew.</summary>
    public FlowVerdict Challenge(SipRequest request, ChallengeKind kind, bool isGuarded, AssociationOutcome outcome) => Challenge(request, kind, isGuarded, Describe(outcome));

    /// <summary>What a user gets who speaks for another.</summary>
    public FlowVerdict Forbid(SipRequest request) => Refuse(request, StatusCode.Forbidden, "its user is not the one in From");

    /// <summary>Makes one step of a handshake ([MS-SIPAE] §3.3.5.2).</summary>
    public FlowVerdict Advance(FlowAssociations associations, SipFlow flow, SipRequest request, AuthField answer, ChallengeKind kind)
    {
        var offer = OfferOf(answer)!;
        if (!AssociationText.TryReadToken(answer, out var token, options.MaxTokenBytes))
        {
            return Refuse(request, StatusCode.BadRequest, "its token is unusable");
        }

        if (AssociationText.VersionOf(answer) is not { } version || version < options.MinimumVersion || version > options.Version)
        {
            return Challenge(request, kind, associations.IsGuarded, "its version is too low or unknown");
        }

        var opaque = answer[AssociationText.Opaque];
        ServerHandshake? handshake;
        if (opaque is null)
        {
            handshake = new(offer, NewOpaque(associations, flow), flow, offer.CreateContext());
        }
        else if (!_handshakes.TryTake(flow, opaque, offer, Now, out handshake))
        {
            return Challenge(request, kind, associations.IsGuarded, "its handshake is unknown");
        }

        var step = handshake.Context.Advance(token);
        var login = step.Status == SecurityContextStatus.Established ? handshake.Context.Peer : step.Login;
        if (login is not null && Guard?.Admits(offer.Scheme, login, flow, step.Login is null) == false)
        {
            handshake.Dispose();
            return Refuse(request, StatusCode.Forbidden, Guard.Refusal.Reason ?? "too many wrong passwords") with { Diagnostics = Guard.Refusal };
        }

        if (step.Status == SecurityContextStatus.Continue && ++handshake.Rounds < options.MaxRounds)
        {
            _handshakes.Add(handshake, Now);
            DeadlineChanged?.Invoke();
            var field = ChallengeOf(offer, version) with { Opaque = handshake.Opaque, Token = step.Token ?? [] };
            return FlowVerdict.Answer(kind.Status, response => response.Headers.Add(kind.ChallengeHeader, field.ToField().ToString()));
        }

        if (step.Status != SecurityContextStatus.Established)
        {
            handshake.Dispose();
            return Challenge(request, kind, associations.IsGuarded, step.Why ?? "its handshake takes too many rounds");
        }

        return Establish(associations, handshake, request, new(kind, offer.Scheme, options.Realm, offer.TargetName, version));
    }

    private FlowVerdict Establish(FlowAssociations associations, ServerHandshake handshake, SipRequest request, AssociationTerms terms)
    {
        var context = handshake.Context;
        var security = new SecurityAssociation(AssociationRole.Server, terms, context, random, handshake.Opaque);
        var association = new ServerAssociation(security, handshake.Flow, request.From!.Uri, DueOf(context));
        if (terms.Version == AssociationTerms.LastVersion && security.Check(request) is var outcome and not AssociationOutcome.Accepted)
        {
            association.Dispose();
            return Challenge(request, terms.Kind, associations.IsGuarded, outcome);
        }

        if (!users.Owns(terms.Scheme, context.Peer ?? "", request.From.Uri) || (request.Method == SipMethod.Register && !association.IsOf(request.To?.Uri)))
        {
            association.Dispose();
            return Forbid(request);
        }

        associations.Add(association, request.From.Uri);
        return associations.Take(request, association);
    }

    private FlowVerdict Challenge(SipRequest request, ChallengeKind kind, bool isGuarded, string why)
    {
        // Neither can be challenged (RFC 3261 §22.1, [MS-SIPAE] §3.3.5.1).
        if (request.Method == SipMethod.Ack || request.Method == SipMethod.Cancel)
        {
            return FlowVerdict.Drop with { Why = why };
        }

        return Refuse(request, kind.Status, why) with { Edit = response => WriteAll(response, kind, isGuarded) };
    }

    private FlowVerdict Refuse(SipRequest request, int status, string why)
    {
        Refused?.Invoke(request.Method, status, why);
        return FlowVerdict.Refuse(status) with { Why = why };
    }

    private AssociationChallenge ChallengeOf(AssociationOffer offer, int version) =>
        new() { Scheme = offer.Scheme, Realm = options.Realm, Target = offer.TargetName, Version = version };

    private void WriteAll(SipResponse response, ChallengeKind kind, bool isGuarded)
    {
        if (WriteChallenges is not null)
        {
            WriteChallenges(response, kind, isGuarded);
            return;
        }

        foreach (var offer in offers)
        {
            WriteChallenge(response, kind, offer);
        }

        WriteDate(response);
    }

    /// <summary>By Date clients find out that their clocks are wrong ([MS-SIP] §2.2).</summary>
    public void WriteDate(SipResponse response) => response.Headers[HeaderName.Date] = clock.WallNow().ToString("R", CultureInfo.InvariantCulture);

    private AssociationOffer? OfferOf(AuthField field) =>
        offers.FirstOrDefault(offer => field.IsScheme(offer.Scheme) && field["realm"] == options.Realm && offer.TargetName.Equals(field[AssociationText.Target], StringComparison.OrdinalIgnoreCase));

    private string NewOpaque(FlowAssociations associations, SipFlow flow)
    {
        string opaque;
        do
        {
            opaque = random.NextHex(4).ToUpperInvariant();
        }
        while (_handshakes.Contains(flow, opaque) || associations.Contains(opaque));
        return opaque;
    }

    private Timestamp DueOf(ISecurityContext context)
    {
        var life = context.Expires is { } end && end - clock.WallNow() is var left && left < options.Lifetime ? left : options.Lifetime;
        return Now + life;
    }
}
