namespace UcSdk.Sip;

/// <summary>Hears from the core what it does, as it does it. It decides nothing, and calls nothing of the core.</summary>
internal interface ICoreObserver
{
    /// <summary>A transaction begins. What is given hears of its end; null for no interest.</summary>
    TransactionObservation? TransactionBegins(Transaction transaction);

    /// <summary>A message was read.</summary>
    void MessageReceived(SipFlow flow, SipMessage message);

    /// <summary>A message goes out again: a request of the method, or a response to one; null where it cannot be read.</summary>
    void Retransmitted(SipMethod? method);

    /// <summary>A request is answered without a transaction.</summary>
    void Refused(SipRequest request, int status);

    /// <summary>An invite session begins.</summary>
    void SessionBegins(InviteUsage usage);

    /// <summary>An invite session is over.</summary>
    void SessionEnded(InviteUsage usage);
}
