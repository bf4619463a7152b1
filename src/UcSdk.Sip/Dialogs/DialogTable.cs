using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The dialogs of an endpoint and their usages, found by Call-ID and both tags (RFC 3261 §12). A dialog may serve several usages at once, an
/// invite session and the subscriptions of REFERs inside it; it is there until the last of them has ended (RFC 5057 §4).
/// </summary>
internal sealed class DialogTable
{
    // Identifiers of the usual length are looked up without making them.
    private const int LookupRoom = 128;

    private readonly Dictionary<DialogKey, DialogEntry> _dialogs = new(DialogKeyComparer.Instance);

    public int Count => _dialogs.Count;

    public void Add(Dialog dialog, IDialogUsage usage)
    {
        if (!_dialogs.TryGetValue(dialog.Key, out var entry) || entry.Dialog != dialog)
        {
            _dialogs[dialog.Key] = entry = new(dialog);
        }

        entry.Add(usage);
    }

    public bool Contains(Dialog dialog) => _dialogs.ContainsKey(dialog.Key);

    /// <summary>The usage has ended; the dialog with it when it was the last.</summary>
    public void Remove(Dialog dialog, IDialogUsage usage)
    {
        if (_dialogs.TryGetValue(dialog.Key, out var entry) && entry.Dialog == dialog && entry.Remove(usage))
        {
            _dialogs.Remove(dialog.Key);
            _dialogs.GiveBack();
        }
    }

    /// <summary>The dialog that a request belongs to, and the usage of it that takes the request.</summary>
    public bool TryFind(SipRequest request, out Dialog dialog, out IDialogUsage usage)
    {
        if (FindEntry(request, request.To!, request.From!) is { } entry)
        {
            (dialog, usage) = (entry.Dialog, entry.FindUsage(request));
            return true;
        }

        (dialog, usage) = (null!, null!);
        return false;
    }

    /// <summary>The invite usage of the dialog with these identifiers; null when there is none (RFC 3891 §3).</summary>
    public InviteUsage? FindInvite(string callId, string? localTag, string? remoteTag) =>
        _dialogs.TryGetValue(Dialog.KeyOf(callId, localTag, remoteTag), out var entry) ? entry.Invite : null;

    /// <summary>A response has shown that the dialog itself is gone: the other usages end with it (RFC 5057 §5.1).</summary>
    public void Lost(Dialog dialog, SipResponse cause)
    {
        if (_dialogs.TryGetValue(dialog.Key, out var entry) && entry.Dialog == dialog)
        {
            entry.Lost(cause);
        }
    }

    /// <summary>The dialog in which our side has sent the request; null when it is gone.</summary>
    public Dialog? Find(SipRequest sent) => FindEntry(sent, sent.From!, sent.To!)?.Dialog;

    /// <summary>The dialog in which the peer has sent the request; null when there is none.</summary>
    public Dialog? FindReceived(SipRequest received) => FindEntry(received, received.To!, received.From!)?.Dialog;

    public void Clear() => _dialogs.Clear();

    private DialogEntry? FindEntry(SipRequest request, NameAddr local, NameAddr remote)
    {
        Span<char> room = stackalloc char[3 * LookupRoom];
        var lookup = new DialogLookup(
            request.Headers.TextIn(HeaderName.CallId, room[..LookupRoom]), local.TagIn(room[LookupRoom..(2 * LookupRoom)]), remote.TagIn(room[(2 * LookupRoom)..]));
        return _dialogs.GetAlternateLookup<DialogLookup>().TryGetValue(lookup, out var entry) ? entry : null;
    }
}
