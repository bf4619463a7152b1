namespace UcSdk.Sip;

/// <summary>
/// The dialogs that one INVITE makes when proxies fork it (RFC 3261 §13.2.2.4): early ones by the tags of provisional responses, one that
/// the caller keeps, and any number of later 2xx that are acknowledged only to be ended.
/// </summary>
internal sealed class ForkedDialogs(SipRequest invite)
{
    // Nearly always one: no table is made for it.
    private readonly List<Fork> _forks = new(1);

    /// <summary>The dialogs that no 2xx has confirmed.</summary>
    public IEnumerable<Dialog> Early => _forks.Exists(static fork => fork.Dialog.IsEarly)
        ? _forks.Where(static fork => fork.Dialog.IsEarly).Select(static fork => fork.Dialog)
        : [];

    /// <summary>
    /// Takes the number of a reliable provisional response (RFC 3262 §4); false when it came before or one before it is missing, and it must be left
    /// alone.
    /// </summary>
    public bool TryAdvance(Dialog dialog, uint number)
    {
        var fork = Find(dialog.RemoteTag)!;
        if (fork.LastNumber is { } last && number != last + 1)
        {
            return false;
        }

        fork.LastNumber = number;
        return true;
    }

    /// <summary>The dialog of a provisional response with a tag; null when the response makes none.</summary>
    public Dialog? Progress(SipResponse response) =>
        response.To?.Tag is { } tag && response.StatusCode != StatusCode.Trying ? (Find(tag) ?? Add(response)).Dialog : null;

    /// <summary>The dialog of a 2xx, confirmed.</summary>
    public Dialog Confirm(SipResponse response)
    {
        if (Find(response.To?.Tag ?? "") is not { } fork)
        {
            return Add(response).Dialog;
        }

        fork.Dialog.Confirm(response);
        return fork.Dialog;
    }

    /// <summary>The ACK that the dialog's 2xx got, and where it went; null before the first.</summary>
    public KeptAck? AckOf(SipResponse response) => Find(response.To?.Tag ?? "")?.Ack;

    /// <summary>What is left to do when the session is over: the ACKs that went out, and the dialogs that may still be confirmed, which go on counting.</summary>
    public AnsweredInvite Leave(SipCore core, SipFlow flow)
    {
        var acks = new List<KeptAck>(_forks.Count);
        List<Dialog>? early = null;
        foreach (var fork in _forks)
        {
            if (fork.Ack is { } ack)
            {
                acks.Add(ack);
            }
            else
            {
                (early ??= []).Add(fork.Dialog);
            }
        }

        return new(core, flow, acks, early);
    }

    /// <summary>Where the ACK of the dialog's 2xx is kept, which goes over that flow.</summary>
    public WireCopy KeepAck(Dialog dialog, SipFlow flow)
    {
        var ack = new KeptAck(dialog.RemoteTag, flow);
        Find(dialog.RemoteTag)!.Ack = ack;
        return ack.Copy;
    }

    private Fork? Find(string tag)
    {
        foreach (var fork in _forks)
        {
            if (fork.Dialog.RemoteTag.Equals(tag, StringComparison.OrdinalIgnoreCase))
            {
                return fork;
            }
        }

        return null;
    }

    private Fork Add(SipResponse response)
    {
        var fork = new Fork(Dialog.OfUac(invite, response));
        _forks.Add(fork);
        return fork;
    }

    private sealed class Fork(Dialog dialog)
    {
        public Dialog Dialog => dialog;

        public KeptAck? Ack { get; set; }

        public uint? LastNumber { get; set; }
    }
}
