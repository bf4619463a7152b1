namespace UcSdk.Sip;

/// <summary>
/// A usage whose request outside any dialog waits for its answer, and whose first NOTIFY may overtake that answer and make the dialog
/// (RFC 6665 §4.4.1): SUBSCRIBE and REFER.
/// </summary>
internal interface IDialogOpener : IUsage, IDialogUsage
{
    /// <summary>The request that opens the dialog.</summary>
    SipRequest Request { get; }

    /// <summary>True for a NOTIFY that belongs here although no dialog is there yet, or none with that notifier.</summary>
    bool Awaits(SipRequest notify);

    /// <summary>Makes the dialog from that NOTIFY, and the usage where it is another's: that of a fork.</summary>
    (Dialog Dialog, IDialogUsage Usage) Join(SipRequest notify);
}
