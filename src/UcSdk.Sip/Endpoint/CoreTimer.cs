namespace UcSdk.Sip;

/// <summary>One timer of one owner.</summary>
internal readonly record struct CoreTimer(ITimerOwner Owner, SipTimer Timer);
