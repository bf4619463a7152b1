namespace UcSdk.Sip;

/// <summary>The dialogs of an endpoint and their usages, found by Call-ID and both tags (RFC 3261 §12).</summary>
internal sealed class DialogTable
{
    private readonly Dictionary<string, (Dialog Dialog, IDialogUsage Usage)> _dialogs = new(StringComparer.OrdinalIgnoreCase);

    public int Count => _dialogs.Count;

    public void Add(Dialog dialog, IDialogUsage usage) => _dialogs[dialog.Key] = (dialog, usage);

    public bool Contains(Dialog dialog) => _dialogs.ContainsKey(dialog.Key);

    public void Remove(Dialog dialog) => _dialogs.Remove(dialog.Key);

    public bool TryFind(SipRequest request, out Dialog dialog, out IDialogUsage usage)
    {
        var found = _dialogs.TryGetValue(Dialog.KeyOf(request.CallId!, request.To!.Tag, request.From!.Tag), out var entry);
        (dialog, usage) = entry;
        return found;
    }

    /// <summary>The dialog in which our side has sent the request; null when it is gone.</summary>
    public Dialog? Find(SipRequest sent) => _dialogs.GetValueOrDefault(Dialog.KeyOf(sent.CallId!, sent.From!.Tag, sent.To!.Tag)).Dialog;

    public void Clear() => _dialogs.Clear();
}
