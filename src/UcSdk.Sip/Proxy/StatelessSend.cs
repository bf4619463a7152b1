namespace UcSdk.Sip;

/// <summary>A message that goes out without a transaction as soon as a flow to its next hop is there; when there is none, nobody hears of it.</summary>
/// <param name="core">The core.</param>
/// <param name="from">Where the message came from.</param>
/// <param name="message">The message.</param>
/// <param name="send">Sends it.</param>
internal sealed class StatelessSend(SipCore core, SipFlow from, SipMessage message, Action<SipFlow> send) : IFlowSeeker
{
    /// <summary>Sends over the flow where one is named, else by the application's routing, else where the URI leads.</summary>
    public void Start(SipFlow? named, SipUri nextHop)
    {
        if (named is null && message is SipRequest request)
        {
            named = core.RouteOf(request, null);
        }

        if (named is not null)
        {
            Reached(core.IsOpen(named) ? named : null, null);
        }
        else
        {
            core.Context.Emit(new SipEffect.Locate(this, nextHop));
        }
    }

    /// <summary>Sends over the flow to the target, which is opened where there is none.</summary>
    public void Start(SipTransportAddress target) => core.Context.Emit(new SipEffect.Reach(this, target));

    public void Reached(SipFlow? flow, ServerSet? servers)
    {
        if (flow is not null && core.IsOpen(flow))
        {
            send(flow);
        }
        else
        {
            core.Note(SipDiagnostic.UndeliverableMessage, from, message.ToString()!);
        }
    }
}
