using UcSdk.Core;
using static UcSdk.Sip.RegistrationState;

namespace UcSdk.Sip;

/// <summary>The life of a registration.</summary>
internal static class RegistrationTable
{
    public static readonly StateTable<RegistrationState, RegistrationTrigger, RegistrationReason> StateTable = new("Registration", Idle)
    {
        { Idle, RegistrationTrigger.Register, Registering, RegistrationReason.LocalRegister, "RFC 3261 §10.2" },
        { Registering, RegistrationTrigger.IntervalTooBrief, Registering, RegistrationReason.IntervalTooBrief, "RFC 3261 §10.2.8" },
        { Registering, RegistrationTrigger.OutboundLacking, Registering, RegistrationReason.OutboundLacking, "RFC 5626 §11.6" },
        { Registering, RegistrationTrigger.Accepted, Registered, RegistrationReason.Registered, "RFC 3261 §10.2.4" },
        { Registering, RegistrationTrigger.Refused, Unregistered, RegistrationReason.Refused, "RFC 3261 §10.2.7" },
        { Registering, RegistrationTrigger.TimedOut, Unregistered, RegistrationReason.TimedOut, "RFC 3261 §10.2.7" },
        { Registering, RegistrationTrigger.Unregister, Unregistering, RegistrationReason.LocalUnregister, "RFC 3261 §10.2.2" },
        { Registering, RegistrationTrigger.FlowClosed, Unregistered, RegistrationReason.FlowLost, "RFC 5626 §4.2" },
        { Registered, RegistrationTrigger.Accepted, Registered, RegistrationReason.Refreshed, "RFC 3261 §10.2.4" },
        { Registered, RegistrationTrigger.IntervalTooBrief, Registered, RegistrationReason.IntervalTooBrief, "RFC 3261 §10.2.8" },
        { Registered, RegistrationTrigger.Refused, Unregistered, RegistrationReason.Refused, "RFC 3261 §10.2.7" },
        { Registered, RegistrationTrigger.Expired, Unregistered, RegistrationReason.Expired, "RFC 3261 §10.2.4" },
        { Registered, RegistrationTrigger.Unregister, Unregistering, RegistrationReason.LocalUnregister, "RFC 3261 §10.2.2" },
        { Registered, RegistrationTrigger.Deregistered, Unregistered, RegistrationReason.Deregistered, "[MS-SIPREGE] §3.2" },
        { Registered, RegistrationTrigger.Notified, Registered, RegistrationReason.Notified, "[MS-SIPREGE] §3.5" },
        { Registered, RegistrationTrigger.BindingLost, Unregistered, RegistrationReason.BindingLost, "[MS-SIPREGE] §3.1.1.5.1" },
        { Registered, RegistrationTrigger.FlowClosed, Unregistered, RegistrationReason.FlowLost, "RFC 5626 §4.2" },
        { Unregistering, RegistrationTrigger.Accepted, Unregistered, RegistrationReason.Unregistered, "RFC 3261 §10.2.2" },
        { Unregistering, RegistrationTrigger.Refused, Unregistered, RegistrationReason.Refused, "RFC 3261 §10.2.7" },
        { Unregistering, RegistrationTrigger.TimedOut, Unregistered, RegistrationReason.TimedOut, "RFC 3261 §10.2.7" },
        { Unregistering, RegistrationTrigger.FlowClosed, Unregistered, RegistrationReason.FlowLost, "RFC 5626 §4.2" },
    };
}
