using UcSdk.Core;
using static UcSdk.Sip.PublicationState;

namespace UcSdk.Sip;

/// <summary>The life of published event state, seen by who publishes.</summary>
internal static class PublicationTable
{
    public static readonly StateTable<PublicationState, PublicationTrigger, PublicationReason> StateTable = new("Publication", Idle)
    {
        { Idle, PublicationTrigger.Publish, Publishing, PublicationReason.LocalPublish, "RFC 3903 §4.2" },
        { Publishing, PublicationTrigger.Accepted, Published, PublicationReason.Published, "RFC 3903 §4.2" },
        { Publishing, PublicationTrigger.IntervalTooBrief, Publishing, PublicationReason.IntervalTooBrief, "RFC 3903 §4.2" },
        { Publishing, PublicationTrigger.Refused, Removed, PublicationReason.Refused, "RFC 3903 §4.2" },
        { Publishing, PublicationTrigger.TimedOut, Removed, PublicationReason.TimedOut, "RFC 3261 §17.1.2.2" },
        { Publishing, PublicationTrigger.Remove, Removing, PublicationReason.LocalRemove, "RFC 3903 §4.5" },
        { Publishing, PublicationTrigger.FlowClosed, Removed, PublicationReason.FlowLost, "RFC 3261 §8.1.3.1" },
        { Published, PublicationTrigger.Accepted, Published, PublicationReason.Refreshed, "RFC 3903 §4.3" },
        { Published, PublicationTrigger.IntervalTooBrief, Published, PublicationReason.IntervalTooBrief, "RFC 3903 §4.3" },
        { Published, PublicationTrigger.ConditionFailed, Publishing, PublicationReason.StateLost, "RFC 3903 §4.3" },
        { Published, PublicationTrigger.Refused, Removed, PublicationReason.Refused, "RFC 3903 §4.4" },
        { Published, PublicationTrigger.Expired, Removed, PublicationReason.Expired, "RFC 3903 §4.1" },
        { Published, PublicationTrigger.Remove, Removing, PublicationReason.LocalRemove, "RFC 3903 §4.5" },
        { Published, PublicationTrigger.FlowClosed, Removed, PublicationReason.FlowLost, "RFC 3261 §8.1.3.1" },
        { Removing, PublicationTrigger.Accepted, Removed, PublicationReason.Removed, "RFC 3903 §4.5" },
        { Removing, PublicationTrigger.Refused, Removed, PublicationReason.Refused, "RFC 3903 §4.5" },
        { Removing, PublicationTrigger.TimedOut, Removed, PublicationReason.TimedOut, "RFC 3261 §17.1.2.2" },
        { Removing, PublicationTrigger.FlowClosed, Removed, PublicationReason.FlowLost, "RFC 3261 §8.1.3.1" },
    };
}
