namespace UcSdk.Sip;

/// <summary>Has timers in the core.</summary>
internal interface ITimerOwner
{
    void Elapsed(SipTimer timer);
}
