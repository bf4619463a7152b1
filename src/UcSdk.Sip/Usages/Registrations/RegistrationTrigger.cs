namespace UcSdk.Sip;

/// <summary>What can happen to a registration.</summary>
internal enum RegistrationTrigger
{
    Register,
    IntervalTooBrief,
    OutboundLacking,
    Accepted,
    Refused,
    TimedOut,
    Expired,
    Unregister,
    Deregistered,
    Notified,
    BindingLost,
    FlowClosed,
}
