namespace UcSdk.Sip;

/// <summary>Why a branch of a forwarded request changed its state.</summary>
internal enum ProxyBranchReason
{
    Forwarded,
    Progressed,
    Answered,
    Refused,
    FailedOver,
    Failed,
    TimedOut,
    Canceled,
}
