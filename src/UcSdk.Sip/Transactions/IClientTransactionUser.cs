namespace UcSdk.Sip;

/// <summary>The user of a client transaction (RFC 3261 §17: "TU").</summary>
internal interface IClientTransactionUser
{
    /// <summary>A response, provisional or final; every 2xx to an INVITE, also repeated ones (RFC 6026).</summary>
    void ResponseReceived(ClientTransaction transaction, SipResponse response);

    /// <summary>No final response will come: <see cref="SipFailure.TimedOut"/> or <see cref="SipFailure.FlowClosed"/>.</summary>
    void Failed(ClientTransaction transaction, SipFailure failure);
}
