namespace UcSdk.Sip;

/// <summary>Why a registration changed its state.</summary>
public enum RegistrationReason
{
    /// <summary>Our side began it.</summary>
    LocalRegister,

    /// <summary>The registrar wants a longer life (423); the request went again with it.</summary>
    IntervalTooBrief,

    /// <summary>The first hop cannot keep flows (439, RFC 5626 §11.6); the request went again without asking for it.</summary>
    OutboundLacking,

    /// <summary>The registrar accepted.</summary>
    Registered,

    /// <summary>The registrar accepted a refresh.</summary>
    Refreshed,

    /// <summary>The registrar refused.</summary>
    Refused,

    /// <summary>The registrar did not answer.</summary>
    TimedOut,

    /// <summary>The binding has run out without a successful refresh.</summary>
    Expired,

    /// <summary>Our side ends it.</summary>
    LocalUnregister,

    /// <summary>The registrar has confirmed the end.</summary>
    Unregistered,

    /// <summary>The registrar removed the binding by itself and said so ([MS-SIPREGE] §3.2).</summary>
    Deregistered,

    /// <summary>
    /// The registrar had lost the binding: the refresh made another one, and what hung on the first is gone ([MS-SIPREGE] §3.1.1.5.1). Whoever wants to stay registers again.
    /// </summary>
    BindingLost,

    /// <summary>The registrar said something about the binding, which stands: what else serves the user is gone or back ([MS-SIPREGE] §3.5).</summary>
    Notified,

    /// <summary>The flow that carried it was lost.</summary>
    FlowLost,
}
