namespace UcSdk.Sip;

/// <summary>
/// A SUBSCRIBE inside the dialog of a subscription to us (RFC 6665 §4.2.1.3) that waits for the application, which may look into its body before it answers:
/// what <see cref="NotifierSubscription.RefreshReceived"/> is given. Used on the endpoint's loop.
/// </summary>
public sealed class SubscriptionRefresh
{
    private readonly SipCore _core;
    private readonly NotifierUsage _usage;
    private readonly ServerTransaction _transaction;

    internal SubscriptionRefresh(SipCore core, NotifierUsage usage, ServerTransaction transaction)
    {
        _core = core;
        _usage = usage;
        _transaction = transaction;
        Request = transaction.Request;
    }

    /// <summary>The SUBSCRIBE.</summary>
    public SipRequest Request { get; }

    /// <summary>The flow on which it came; not always that of the subscription.</summary>
    public SipFlow Flow => _transaction.Flow;

    /// <summary>What the subscriber asks for; null when it leaves the choice to us, zero when it ends the subscription.</summary>
    public TimeSpan? RequestedExpires => NotifierUsage.RequestedExpires(Request);

    /// <summary>True once it has its answer, or never will: the subscription has ended, or the subscriber waits no longer.</summary>
    public bool IsAnswered => _transaction.IsAnswered;

    /// <summary>
    /// Refreshes (with Expires: 0 ends) the subscription: 200, with the state inside it where <paramref name="piggyback"/> is true, the SUBSCRIBE supports
    /// <c>ms-piggyback-first-notify</c> and no earlier notification is still on its way; else the state follows in a notification.
    /// </summary>
    /// <param name="contentType">The type of the state; empty for no body.</param>
    /// <param name="body">The state.</param>
    /// <param name="piggyback">Whether the 200 may carry it; default true.</param>
    /// <param name="edit">Called before the 200 goes out; null for no change.</param>
    /// <exception cref="InvalidOperationException">It is answered already.</exception>
    public void Accept(string contentType = "", ReadOnlyMemory<byte> body = default, bool piggyback = true, Action<SipResponse>? edit = null)
    {
        Require("accept");
        _core.Edge.Run(() => _usage.AcceptRefresh(_transaction, contentType, body, piggyback, edit));
    }

    /// <summary>Refuses; the subscription stays as it was (RFC 6665 §4.1.2.2).</summary>
    /// <param name="status">300–699.</param>
    /// <param name="reason">The reason phrase; null for the usual one.</param>
    /// <param name="edit">Called before it goes out; null for no change.</param>
    /// <exception cref="InvalidOperationException">It is answered already.</exception>
    public void Reject(int status, string? reason = null, Action<SipResponse>? edit = null)
    {
        Require("reject");
        _core.Edge.Run(() => _usage.RejectRefresh(_transaction, status, reason, edit));
    }

    private void Require(string operation)
    {
        if (IsAnswered)
        {
            throw new InvalidOperationException($"Cannot {operation}: the SUBSCRIBE {Request.CSeq} is answered already.");
        }
    }
}
