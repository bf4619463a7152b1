namespace UcSdk.Sip;

/// <summary>
/// One offer at a time: which INVITE or UPDATE with an offer is on its way, in either direction, and what another one gets meanwhile
/// (RFC 3261 §14.2, RFC 3311 §5.2).
/// </summary>
internal sealed class OfferGlare
{
    private SipRequest? _sent;
    private ServerTransaction? _received;

    /// <summary>What a request of the peer is refused with because of one that is on its way; null for not at all.</summary>
    public int? Refuse(SipRequest request) =>
        !MakesOffer(request) ? null
        : _sent is not null ? StatusCode.RequestPending
        : _received is { IsAnswered: false } ? StatusCode.ServerInternalError
        : null;

    /// <summary>True while an INVITE may not be sent because one is on its way in either direction (RFC 3261 §14.1).</summary>
    public bool IsOpen => _sent is not null || _received is { IsAnswered: false };

    public void Sent(SipRequest request) => _sent = MakesOffer(request) ? request : _sent;

    /// <summary>A request of ours has its final response, or will have none.</summary>
    public void Answered(SipRequest request)
    {
        if (_sent is not null && _sent.Method == request.Method && MakesOffer(request))
        {
            _sent = null;
        }
    }

    public void Received(ServerTransaction transaction) => _received = MakesOffer(transaction.Request) ? transaction : _received;

    // An INVITE always asks for an offer at least; an UPDATE without a body only refreshes.
    private static bool MakesOffer(SipRequest request) => request.Method.IsInvite || (request.Method == SipMethod.Update && !request.Body.IsEmpty);
}
