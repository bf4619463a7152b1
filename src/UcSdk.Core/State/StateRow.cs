namespace UcSdk.Core;

/// <summary>
/// One permitted transition: in <paramref name="From"/>, on <paramref name="Trigger"/>, go to <paramref name="To"/> and give
/// <paramref name="Reason"/> to observers. <paramref name="Source"/> is the clause that demands it: an RFC section, a section of an
/// open specification, or a transition of the published object models.
/// </summary>
internal sealed record StateRow<TState, TTrigger, TReason>(TState From, TTrigger Trigger, TState To, TReason Reason, string Source)
    where TState : struct, Enum
    where TTrigger : struct, Enum
    where TReason : struct, Enum;
