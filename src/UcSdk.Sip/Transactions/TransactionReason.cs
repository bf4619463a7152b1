namespace UcSdk.Sip;

/// <summary>Why a transaction changed its state.</summary>
internal enum TransactionReason
{
    Retransmitted,
    Progressed,
    Answered,
    Refused,
    Acknowledged,
    Absorbed,
    WaitOver,
    TimedOut,
    Abandoned,
    FlowLost,
}
