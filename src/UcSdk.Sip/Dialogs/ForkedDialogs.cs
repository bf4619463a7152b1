namespace UcSdk.Sip;

/// <summary>
/// The dialogs that one INVITE makes when proxies fork it (RFC 3261 §13.2.2.4): early ones by the tags of provisional responses, one that
/// the caller keeps, and any number of later 2xx that are acknowledged only to be ended.
/// </summary>
internal sealed class ForkedDialogs(SipRequest invite)
{
    private readonly Dictionary<string, Dialog> _dialogs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SipRequest> _acks = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, uint> _numbers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The dialogs that no 2xx has confirmed.</summary>
    public IEnumerable<Dialog> Early => _dialogs.Values.Where(dialog => dialog.IsEarly);

    /// <summary>
    /// Takes the number of a reliable provisional response (RFC 3262 §4); false when it came before or one before it is missing, and it must be left
    /// alone.
    /// </summary>
    public bool TryAdvance(Dialog dialog, uint number)
    {
        if (_numbers.TryGetValue(dialog.RemoteTag, out var last) && number != last + 1)
        {
            return false;
        }

        _numbers[dialog.RemoteTag] = number;
        return true;
    }

    /// <summary>The dialog of a provisional response with a tag; null when the response makes none.</summary>
    public Dialog? Progress(SipResponse response)
    {
        if (response.To?.Tag is not { } tag || response.StatusCode == StatusCode.Trying)
        {
            return null;
        }

        if (!_dialogs.TryGetValue(tag, out var dialog))
        {
            dialog = Dialog.OfUac(invite, response);
            _dialogs.Add(tag, dialog);
        }

        return dialog;
    }

    /// <summary>The dialog of a 2xx, confirmed.</summary>
    public Dialog Confirm(SipResponse response)
    {
        var tag = response.To?.Tag ?? "";
        if (_dialogs.TryGetValue(tag, out var dialog))
        {
            dialog.Confirm(response);
        }
        else
        {
            dialog = Dialog.OfUac(invite, response);
            _dialogs.Add(tag, dialog);
        }

        return dialog;
    }

    /// <summary>The ACK that the dialog's 2xx got; null before the first.</summary>
    public SipRequest? AckOf(SipResponse response) => _acks.GetValueOrDefault(response.To?.Tag ?? "");

    public void KeepAck(Dialog dialog, SipRequest ack) => _acks[dialog.RemoteTag] = ack;
}
