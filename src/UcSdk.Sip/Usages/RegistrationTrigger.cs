namespace UcSdk.Sip;

/// <summary>What can happen to a registration.</summary>
internal enum RegistrationTrigger
{
    Register,
    IntervalTooBrief,
    Accepted,
    Refused,
    TimedOut,
    Unregister,
    Deregistered,
    FlowClosed,
}
