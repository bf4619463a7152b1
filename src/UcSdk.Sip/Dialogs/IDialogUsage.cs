namespace UcSdk.Sip;

/// <summary>What a dialog is for: the part of the core that takes the requests inside it.</summary>
internal interface IDialogUsage
{
    /// <summary>A request in order, not ACK.</summary>
    void RequestReceived(ServerTransaction transaction);

    /// <summary>An ACK of a 2xx.</summary>
    void AckReceived(SipRequest ack);

    /// <summary>A BENOTIFY in order.</summary>
    void UnansweredReceived(SipRequest request, SipFlow flow);
}
