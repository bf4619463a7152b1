namespace UcSdk.Sip;

/// <summary>
/// What a server does with every message of one flow on which it authenticates ([MS-SIPAE] §3.3.5): leads handshakes, verifies what comes and signs what
/// goes, with the association of the user whose message it is. From the first association on, nothing unsigned is taken from the flow any more, not even after
/// that has ended. It runs below the transactions, so requests inside dialogs, CANCEL and ACK are verified as all others.
/// </summary>
internal sealed class FlowAssociations(AssociationServer server, SipFlow flow) : IFlowProtection
{
    // The newest last. Mostly one: gateways have more.
    private readonly List<ServerAssociation> _standing = [];

    public int Count => _standing.Count;

    /// <summary>True once there was an association: from then on nothing unsigned is taken.</summary>
    public bool IsGuarded { get; private set; }

    public void Protect(SipMessage message)
    {
        server.Elapse();
        // A challenge goes to those whose signature did not hold, and who may hold the server's for wrong too.
        if (message is not SipResponse { StatusCode: StatusCode.Unauthorized or StatusCode.ProxyAuthenticationRequired } && SignerOf(message) is { } signer)
        {
            signer.Security.Protect(message);
            message.Association = signer;
        }
    }

    public FlowVerdict Verify(SipMessage message)
    {
        server.Elapse();
        var field = server.FindAnswer(message, out var kind);
        if (message is not SipRequest request)
        {
            return VerifyResponse((SipResponse)message, field);
        }

        if (request.From is null)
        {
            // Refused as malformed, whoever has signed it.
            return FlowVerdict.Accept;
        }

        if (field is null)
        {
            return IsGuarded ? server.Challenge(request, KindOfStanding(), IsGuarded, AssociationOutcome.Missing) : FlowVerdict.Accept;
        }

        return field[AssociationText.Token] is null ? VerifySigned(request, field, kind) : server.Advance(this, flow, request, field, kind);
    }

    /// <summary>Takes the place of the user's earlier association.</summary>
    public void Add(ServerAssociation association, SipUri user)
    {
        IsGuarded = true;
        if (_standing.Find(standing => standing.IsOf(user)) is { } earlier)
        {
            Remove(earlier);
        }
        else if (_standing.Count >= server.Options.MaxAssociationsPerFlow)
        {
            Remove(_standing[0]);
        }

        _standing.Add(association);
        server.Begun(association);
    }

    /// <summary>Ends it; the flow stays guarded.</summary>
    public void Remove(ServerAssociation association)
    {
        _standing.Remove(association);
        server.Ended(association);
        association.Dispose();
    }

    public bool Contains(string opaque) => _standing.Exists(standing => standing.Opaque == opaque);

    /// <summary>The request is what it seems: its signature is taken off, for nobody behind this hop can verify it.</summary>
    public FlowVerdict Take(SipMessage message, ServerAssociation association)
    {
        server.RemoveAnswers(message.Headers);
        message.Association = association;
        return FlowVerdict.Accept;
    }

    public void Clear()
    {
        while (_standing is [.., var newest])
        {
            Remove(newest);
        }
    }

    private FlowVerdict VerifyResponse(SipResponse response, AuthField? field)
    {
        var association = field is null ? null : VerifierOf(field);
        var outcome = field is null ? AssociationOutcome.Missing : association?.Security.Check(response) ?? AssociationOutcome.Foreign;
        return outcome switch
        {
            AssociationOutcome.Accepted => Take(response, association!),
            _ when !IsGuarded => FlowVerdict.Accept,
            _ => FlowVerdict.Drop with { Why = AssociationServer.Describe(outcome) },
        };
    }

    private FlowVerdict VerifySigned(SipRequest request, AuthField field, ChallengeKind kind)
    {
        var association = VerifierOf(field);
        var outcome = association?.Security.Check(request) ?? AssociationOutcome.Foreign;
        if (outcome != AssociationOutcome.Accepted)
        {
            return server.Challenge(request, kind, IsGuarded, outcome);
        }

        // Who may sign as one user does not speak for another (RFC 3261 §22.1), but in the dialog of a call to another that came to it.
        var isOwn = (association!.IsOf(request.From?.Uri) || server.MaySpeak?.Invoke(request, association.Address) == true) && (request.Method != SipMethod.Register || association.IsOf(request.To?.Uri));
        return isOwn ? Take(request, association) : server.Forbid(request);
    }

    private ChallengeKind KindOfStanding() => _standing is [.., var newest] ? newest.Security.Terms.Kind : server.DefaultKind;

    private ServerAssociation? VerifierOf(AuthField field)
    {
        var opaque = field[AssociationText.Opaque];
        return _standing.Find(standing => standing.Opaque == opaque);
    }

    // The client is the caller of the responses and the callee of the requests that it gets; of what was diverted to it, To names somebody else.
    private ServerAssociation? SignerOf(SipMessage message)
    {
        if (_standing.Count > 1)
        {
            var client = message is SipRequest ? message.To?.Uri : message.From?.Uri;
            return (message.Addressee is { } addressee ? Newest(addressee) : null) ?? Newest(client) ?? Newest((message as SipRequest)?.Uri) ?? _standing[^1];
        }

        return _standing is [var only] ? only : null;
    }

    private ServerAssociation? Newest(SipUri? user) => _standing.FindLast(standing => standing.IsOf(user));
}
