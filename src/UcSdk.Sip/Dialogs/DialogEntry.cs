namespace UcSdk.Sip;

/// <summary>One dialog and what it is for, in the order in which the usages began (RFC 5057 §4).</summary>
internal sealed class DialogEntry(Dialog dialog)
{
    private readonly List<IDialogUsage> _usages = new(1);

    public Dialog Dialog => dialog;

    public InviteUsage? Invite => _usages.Find(usage => usage is InviteUsage) as InviteUsage;

    public void Add(IDialogUsage usage)
    {
        if (!_usages.Contains(usage))
        {
            _usages.Add(usage);
        }
    }

    /// <summary>True when no usage is left.</summary>
    public bool Remove(IDialogUsage usage)
    {
        _usages.Remove(usage);
        return _usages.Count == 0;
    }

    /// <summary>The usage that names the request as its own; else the invite session, which stands for the dialog as a whole; else the first.</summary>
    public IDialogUsage FindUsage(SipRequest request) =>
        _usages.Count == 1 ? _usages[0] : FindTaker(request) ?? Invite ?? _usages[0];

    private IDialogUsage? FindTaker(SipRequest request) => _usages.Find(usage => usage.Takes(request));

    public void Lost(SipResponse cause)
    {
        foreach (var usage in _usages.ToArray())
        {
            usage.DialogLost(cause);
        }
    }
}
