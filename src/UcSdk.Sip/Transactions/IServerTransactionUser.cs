namespace UcSdk.Sip;

/// <summary>The user of a server transaction (RFC 3261 §17: "TU").</summary>
internal interface IServerTransactionUser
{
    /// <summary>The peer cancelled the INVITE, which has no final response yet; the CANCEL itself is answered already.</summary>
    void Canceled(ServerTransaction transaction, SipRequest cancel);

    /// <summary>True when the user itself bounds the time to the final response, as a proxy does by the timers of its branches.</summary>
    bool KeepsTime => false;

    /// <summary>The application has not answered the INVITE in time; the user gives it that status.</summary>
    void Expired(ServerTransaction transaction, int status) =>
        transaction.Respond(transaction.Request.CreateResponse(status, null, transaction.LocalTag));

    /// <summary>The last provisional response was reliable, and long ago: the user sends another one (RFC 3262 §3).</summary>
    void ExtensionDue(ServerTransaction transaction)
    {
    }

    /// <summary>A response is about to go out; the user may complete it.</summary>
    void Responding(ServerTransaction transaction, SipResponse response)
    {
    }

    /// <summary>A response has gone out.</summary>
    void Responded(ServerTransaction transaction, SipResponse response);

    /// <summary>The response cannot be delivered or was never acknowledged.</summary>
    void Failed(ServerTransaction transaction, SipFailure failure);
}
