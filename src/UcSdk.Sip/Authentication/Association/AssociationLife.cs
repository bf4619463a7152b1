namespace UcSdk.Sip;

/// <summary>
/// The time that an association may be used ([MS-SIPAE] §3.2.2). When it is over, the registration of the flow is refreshed at once, without a signature, and the
/// challenge that this gets leads to the next association; without a registration the next request does that. Nobody else notices.
/// </summary>
internal sealed class AssociationLife(SipCore core, SipFlow flow, ISipAuthentication authentication) : ITimerOwner, IDisposable
{
    /// <summary>Begins anew where there is a new association, and does nothing where there is not.</summary>
    public void Follow()
    {
        if (authentication.TakeLife() is { } life)
        {
            core.Context.Arm(this, SipTimer.Association, life);
        }
    }

    void ITimerOwner.Elapsed(SipTimer timer)
    {
        authentication.Renew();
        core.Usages.Reauthenticate(flow);
    }

    public void Dispose() => core.Context.Disarm(this, SipTimer.Association);
}
