namespace UcSdk.Sip;

/// <summary>What is alive in an endpoint; all zero when nothing is left open.</summary>
public sealed record SipEndpointCounts
{
    /// <summary>Client and server transactions, those included that only wait for stragglers.</summary>
    public int Transactions { get; init; }

    /// <summary>Dialogs of sessions and subscriptions, early ones of callees included.</summary>
    public int Dialogs { get; init; }

    /// <summary>Invite sessions that have not ended.</summary>
    public int InviteSessions { get; init; }

    /// <summary>Subscriptions of ours that have not ended.</summary>
    public int Subscriptions { get; init; }

    /// <summary>Subscriptions to us that have not ended.</summary>
    public int NotifierSubscriptions { get; init; }

    /// <summary>Referrals, of ours and of peers, that have not ended.</summary>
    public int Referrals { get; init; }

    /// <summary>Registrations that were begun and have not ended.</summary>
    public int Registrations { get; init; }

    /// <summary>Publications that were begun and have not ended.</summary>
    public int Publications { get; init; }

    /// <summary>Timers that are set.</summary>
    public int Timers { get; init; }

    /// <summary>Open flows.</summary>
    public int Flows { get; init; }
}
