namespace UcSdk.Sip;

/// <summary>What a dialog is for: the part of the core that takes the requests inside it.</summary>
internal interface IDialogUsage
{
    /// <summary>
    /// True for a request that belongs to this usage by what it says (Event and its id), where the dialog has several (RFC 5057 §4). An invite
    /// session claims nothing: what no other usage takes is its own.
    /// </summary>
    bool Takes(SipRequest request) => false;

    /// <summary>A request in order, not ACK.</summary>
    void RequestReceived(ServerTransaction transaction);

    /// <summary>An ACK of a 2xx.</summary>
    void AckReceived(SipRequest ack);

    /// <summary>A BENOTIFY in order.</summary>
    void UnansweredReceived(SipRequest request, SipFlow flow);

    /// <summary>Another usage has learned that the dialog is gone (RFC 5057 §5.1).</summary>
    void DialogLost(SipResponse cause)
    {
    }
}
