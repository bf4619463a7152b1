using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// An invitation to exchange messages that waits for the user: an INVITE, or the first MESSAGE of a plain SIP client with those that follow it. On the loop only.
/// </summary>
internal sealed class MessageOffer
{
    // What a plain client may send while the user thinks.
    private const int MaxPages = 16;
    private readonly Attempt _closing = Attempt.Begin(CancellationToken.None);
    private readonly List<IncomingRequest> _pages = [];

    public MessageOffer(ServerConnection connection, IncomingRequest incoming)
    {
        Connection = connection;
        Info = MessageInvite.Read(incoming.Request, connection.User);
        From = incoming.Request.From!.Uri.AddressOfRecord;
        if (incoming.Request.Method.IsInvite)
        {
            Session = incoming.CreateInviteSession(connection.Contact);
            Session.StateChanged += OnChanged;
        }
        else
        {
            _pages.Add(incoming);
        }
    }

    public ServerConnection Connection { get; }

    public InvitationInfo Info { get; }

    public SipUri From { get; }

    /// <summary>The INVITE; null in page mode.</summary>
    public InviteSession? Session { get; }

    /// <summary>Raised once when the inviter takes it back, or the connection is lost.</summary>
    public Action<ModalityTrigger>? Withdrawn { get; set; }

    /// <summary>Cancelled when a decision is no longer wanted.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Who has accepted it elsewhere, as the server says; null when it does not, or nobody has.</summary>
    public string? AcceptedBy { get; private set; }

    public bool IsUnanswered => Session is { } session ? session.State == InviteState.Incoming : _pages.Count > 0;

    /// <summary>How long somebody waits for the decision: an INVITE rings, a MESSAGE must be answered within its transaction (RFC 3428 §7).</summary>
    public TimeSpan PatienceOf(LyncClientOptions options) =>
        Session is not null ? options.RingTimeout
        : options.RingTimeout < options.Timings.TransactionTimeout * 0.75 ? options.RingTimeout
        : options.Timings.TransactionTimeout * 0.75;

    /// <summary>Another MESSAGE of the same plain client.</summary>
    public void Add(IncomingRequest page)
    {
        if (_pages.Count >= MaxPages)
        {
            page.Respond(StatusCode.BusyHere);
        }
        else
        {
            _pages.Add(page);
        }
    }

    /// <summary>The user rejects; nothing happens when it is answered already.</summary>
    public void Reject(int status)
    {
        if (Session is { State: InviteState.Incoming } session)
        {
            Withdrawn = null;
            session.Reject(status);
        }

        // What came by a connection that is gone gets no answer.
        foreach (var page in TakePages().Where(page => !page.IsAnswered))
        {
            page.Respond(status);
        }

        Close();
    }

    /// <summary>The messages of a plain client, which are to be answered by who takes them.</summary>
    public IReadOnlyList<IncomingRequest> TakePages()
    {
        IReadOnlyList<IncomingRequest> pages = [.. _pages];
        _pages.Clear();
        return pages;
    }

    public void Close()
    {
        Withdrawn = null;
        _closing.CallOff(new OperationCanceledException("The invitation is over."));
    }

    private void OnChanged(InviteStateChange change)
    {
        if (change is { Previous: InviteState.Incoming, Current: InviteState.Terminated } && change.Reason != InviteReason.LocalReject)
        {
            var withdrawn = Withdrawn;
            Close();
            var isTaken = AcceptedElsewhere.IsIn(Session!.PeerReasons, out var acceptedBy);
            AcceptedBy = acceptedBy;
            withdrawn?.Invoke(change.Reason == InviteReason.FlowLost ? ModalityTrigger.LoseConnection : isTaken ? ModalityTrigger.AnswerElsewhere : ModalityTrigger.Withdraw);
        }
    }
}
