using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>What the sans-IO half needs of the edge that drives it.</summary>
internal interface ISipEdge
{
    /// <summary>Runs a command of the application against the core, on the edge's loop, and performs what comes of it.</summary>
    void Run(Action command);

    /// <summary>The same with what the command works on, so that none has to be made for each call.</summary>
    void Run<TState>(Action<TState> command, TState state);

    /// <summary>The moment, for what does not come from an entry into the core.</summary>
    Timestamp Now { get; }

    /// <summary>True when the endpoint has a transport of that name, as in Via.</summary>
    bool HasTransport(string name);

    /// <summary>The flow for a request of ours, by the application's routing; null when none leads there.</summary>
    SipFlow? Route(SipRequest request);

    /// <summary>What becomes of a request that is sent on without a transaction because its Route leads through here (ACK, BENOTIFY), before it goes out.</summary>
    void EditUnanswered(SipRequest copy);

    /// <summary>Where the application wants the request to go without state; null for a request that gets a transaction.</summary>
    StatelessRoute? ChooseStateless(SipRequest request, SipFlow flow);
}
