namespace UcSdk.Sip;

/// <summary>The user of a server transaction (RFC 3261 §17: "TU").</summary>
internal interface IServerTransactionUser
{
    /// <summary>The peer cancelled the INVITE, which has no final response yet; the CANCEL itself is answered already.</summary>
    void Canceled(ServerTransaction transaction, SipRequest cancel);

    /// <summary>A response is about to go out; the user may complete it.</summary>
    void Responding(ServerTransaction transaction, SipResponse response)
    {
    }

    /// <summary>A response has gone out.</summary>
    void Responded(ServerTransaction transaction, SipResponse response);

    /// <summary>The response cannot be delivered or was never acknowledged.</summary>
    void Failed(ServerTransaction transaction, SipFailure failure);
}
