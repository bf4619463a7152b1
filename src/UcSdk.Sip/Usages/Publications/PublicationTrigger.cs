namespace UcSdk.Sip;

/// <summary>What can happen to a publication.</summary>
internal enum PublicationTrigger
{
    Publish,
    Accepted,
    IntervalTooBrief,
    ConditionFailed,
    Refused,
    TimedOut,
    Expired,
    Remove,
    FlowClosed,
}
