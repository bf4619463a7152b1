namespace UcSdk.Sip;

/// <summary>What can happen to a transaction.</summary>
internal enum TransactionTrigger
{
    /// <summary>1xx received by a client or given by the user of a server transaction.</summary>
    Provisional,

    /// <summary>2xx received or given.</summary>
    Success,

    /// <summary>3xx–6xx received or given.</summary>
    Failure,

    /// <summary>The request came again.</summary>
    RequestAgain,

    /// <summary>The ACK of a failure came.</summary>
    Ack,

    /// <summary>The user gives a non-INVITE request up without an answer (RFC 4320).</summary>
    Abandon,

    /// <summary>The flow is gone.</summary>
    FlowClosed,

    TimerA,
    TimerB,
    TimerD,
    TimerE,
    TimerF,
    TimerG,
    TimerH,
    TimerI,
    TimerJ,
    TimerK,
    TimerL,
    TimerM,
}
