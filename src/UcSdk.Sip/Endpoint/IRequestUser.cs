namespace UcSdk.Sip;

/// <summary>The user of a request of ours (RFC 3261 §17: "TU"): a usage, or a request that the application awaits.</summary>
internal interface IRequestUser
{
    /// <summary>A response, provisional or final; every 2xx to an INVITE, also repeated ones (RFC 6026). What was answered by sending again is not told.</summary>
    void ResponseReceived(OutgoingRequest request, SipResponse response);

    /// <summary>No final response will come: <see cref="SipFailure.TimedOut"/> or <see cref="SipFailure.FlowClosed"/>.</summary>
    void Failed(OutgoingRequest request, SipFailure failure);

    /// <summary>The sequence number under which the request goes again (RFC 3261 §8.1.3.5, §22.2); a user that counts takes it from its count.</summary>
    uint NextCSeq(OutgoingRequest request) => request.Request.CSeq!.Number + 1;

    /// <summary>False when the user has lost interest: an INVITE that was cancelled does not go again.</summary>
    bool MaySendAgain(OutgoingRequest request) => true;

    /// <summary>The request has gone again with another sequence number; what refers to it (ACK, CANCEL) refers to the new one.</summary>
    void SentAgain(OutgoingRequest request)
    {
    }
}
