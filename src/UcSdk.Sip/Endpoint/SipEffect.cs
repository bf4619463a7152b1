namespace UcSdk.Sip;

/// <summary>Everything that the core can ask of its edge, in the order in which it must be done.</summary>
internal abstract record SipEffect
{
    private SipEffect()
    {
    }

    /// <summary>Send the message over the flow, and keep its bytes where they are wanted again.</summary>
    public sealed record Transmit(SipFlow Flow, SipMessage Message, WireCopy? Copy) : SipEffect
    {
        public SipFlow Flow { get; private set; } = Flow;

        public SipMessage Message { get; private set; } = Message;

        public WireCopy? Copy { get; private set; } = Copy;

        /// <summary>Makes it the effect of another message; only of one that was performed (<see cref="CoreContext.Performed(Transmit)"/>).</summary>
        public Transmit Again(SipFlow flow, SipMessage message, WireCopy? copy)
        {
            (Flow, Message, Copy) = (flow, message, copy);
            return this;
        }

        /// <summary>Lets go of the message.</summary>
        public void Clear() => (Flow, Message, Copy) = (null!, null!, null);
    }

    /// <summary>Send what was sent before.</summary>
    public sealed record TransmitAgain(SipFlow Flow, WireCopy Copy) : SipEffect;

    /// <summary>Send a double CRLF over the flow ([MS-CONMGMT]).</summary>
    public sealed record TransmitKeepAlive(SipFlow Flow) : SipEffect;

    /// <summary>Find or open a flow to the target, and tell who seeks it.</summary>
    public sealed record Reach(IFlowSeeker Seeker, SipTransportAddress Target) : SipEffect;

    /// <summary>Find the servers of the URI (RFC 3263), and a flow to the first that can be reached, and tell who seeks it.</summary>
    public sealed record Locate(IFlowSeeker Seeker, SipUri Uri) : SipEffect;

    /// <summary>Take the step of a handshake, which may block, outside the loop, and finish it on the loop.</summary>
    public sealed record RunStep(HandshakeStep Step) : SipEffect;

    /// <summary>Close the flow: the peer does not speak SIP.</summary>
    public sealed record CloseFlow(SipFlow Flow) : SipEffect;

    /// <summary>A request for the application, or, with a usage, for the application's invite session.</summary>
    public sealed record RequestReceived(IncomingRequest Request, InviteUsage? Usage) : SipEffect
    {
        public IncomingRequest Request { get; private set; } = Request;

        public InviteUsage? Usage { get; private set; } = Usage;

        /// <summary>Makes it the effect of another request; only of one that was performed (<see cref="CoreContext.Performed(RequestReceived)"/>).</summary>
        public RequestReceived Again(IncomingRequest request, InviteUsage? usage)
        {
            (Request, Usage) = (request, usage);
            return this;
        }

        /// <summary>Lets go of the request.</summary>
        public void Clear() => (Request, Usage) = (null!, null);
    }

    /// <summary>The peer has cancelled an INVITE that nobody has answered.</summary>
    public sealed record RequestCanceled(IncomingRequest Request, SipRequest Cancel) : SipEffect;

    /// <summary>A request that the application sent has its final response.</summary>
    public sealed record RequestAnswered(PendingRequest Request, SipResponse Response) : SipEffect;

    /// <summary>A request that the application sent will have no final response.</summary>
    public sealed record RequestFailed(PendingRequest Request, SipFailure Failure) : SipEffect;

    /// <summary>A provisional response to an INVITE.</summary>
    public sealed record InviteProgressed(InviteUsage Usage, SipResponse Response) : SipEffect;

    /// <summary>The final response to our INVITE: the first 2xx, or the refusal.</summary>
    public sealed record InviteAnswered(InviteUsage Usage, SipResponse Response) : SipEffect;

    /// <summary>An invite session has changed its state.</summary>
    public sealed record InviteChanged(InviteUsage Usage, InviteStateChange Change) : SipEffect;

    /// <summary>The ACK of a 2xx of ours.</summary>
    public sealed record AckReceived(InviteUsage Usage, SipRequest Ack) : SipEffect;

    /// <summary>A notification for a subscriber: NOTIFY, BENOTIFY, or the 200 that carries the first one.</summary>
    public sealed record SubscriptionNotified(SubscriptionUsage Usage, SipMessage Message) : SipEffect;

    /// <summary>The answer to the SUBSCRIBE that opened the subscription.</summary>
    public sealed record SubscriptionAnswered(SubscriptionUsage Usage, SipResponse Response) : SipEffect;

    /// <summary>A subscription has changed its state.</summary>
    public sealed record SubscriptionChanged(SubscriptionUsage Usage, SubscriptionStateChange Change) : SipEffect;

    /// <summary>The answer to a SUBSCRIBE that said something new.</summary>
    public sealed record SubscriptionUpdated(SubscriptionUsage Usage, SubscriptionUpdate Update, SipResponse Response) : SipEffect;

    /// <summary>A SUBSCRIBE that was to say something new will have no answer.</summary>
    public sealed record SubscriptionUpdateFailed(SubscriptionUsage Usage, SubscriptionUpdate Update, SipFailure Failure) : SipEffect;

    /// <summary>A SUBSCRIBE of ours has reached a further notifier, which has a subscription of its own.</summary>
    public sealed record SubscriptionForked(SubscriptionUsage Usage, SubscriptionUsage Fork) : SipEffect;

    /// <summary>A subscriber has refreshed; the notifier owes it the state.</summary>
    public sealed record NotifierRefreshed(NotifierUsage Usage, SipRequest Request) : SipEffect;

    /// <summary>A subscriber has sent another SUBSCRIBE, which the application answers.</summary>
    public sealed record NotifierAsked(NotifierUsage Usage, SubscriptionRefresh Refresh) : SipEffect;

    /// <summary>A notifier's subscription has changed its state.</summary>
    public sealed record NotifierChanged(NotifierUsage Usage, NotifierStateChange Change) : SipEffect;

    /// <summary>A NOTIFY has told how the request fares that a REFER of ours asked for.</summary>
    public sealed record ReferralProgressed(ReferralUsage Usage, ReferralProgress Progress) : SipEffect;

    /// <summary>The answer to our REFER.</summary>
    public sealed record ReferralAnswered(ReferralUsage Usage, SipResponse Response) : SipEffect;

    /// <summary>A referral of ours has changed its state.</summary>
    public sealed record ReferralChanged(ReferralUsage Usage, ReferralStateChange Change) : SipEffect;

    /// <summary>A referral that a peer asked for has changed its state.</summary>
    public sealed record IncomingReferralChanged(IncomingReferralUsage Usage, IncomingReferralStateChange Change) : SipEffect;

    /// <summary>A publication has changed its state.</summary>
    public sealed record PublicationChanged(PublicationUsage Usage, PublicationStateChange Change) : SipEffect;

    /// <summary>The server keeps what was published, up to that change of it.</summary>
    public sealed record PublicationKept(PublicationUsage Usage, int Revision) : SipEffect;

    /// <summary>A registration has changed its state.</summary>
    public sealed record RegistrationChanged(RegistrationUsage Usage, RegistrationStateChange Change) : SipEffect;

    /// <summary>A proxied request has its final response, which has gone upstream.</summary>
    public sealed record ProxyAnswered(ResponseContext Context, SipResponse Response) : SipEffect;

    /// <summary>Something worth a line in the log; nothing has to be done.</summary>
    public sealed record Diagnostic(SipDiagnostic Kind, SipFlow Flow, string Detail) : SipEffect;
}
