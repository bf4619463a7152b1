using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Invite dialogs that have ended a short while ago: an INVITE that would replace one of them comes too late and is declined, where one
/// that names an unknown dialog gets 481 (RFC 3891 §3).
/// </summary>
internal sealed class EndedDialogs(TimeSpan memory)
{
    /// <summary>How many are remembered; the oldest are forgotten first.</summary>
    public const int MaxCount = 1024;

    private readonly Queue<(DialogKey Key, Timestamp End)> _order = new();
    private readonly Dictionary<DialogKey, Timestamp> _ends = [];

    public void Add(Dialog dialog, Timestamp now)
    {
        Forget(now);
        if (_order.Count == MaxCount)
        {
            Drop();
        }

        _order.Enqueue((dialog.Key, now));
        _ends[dialog.Key] = now;
    }

    public bool Contains(string callId, string? localTag, string? remoteTag, Timestamp now)
    {
        Forget(now);
        return _ends.ContainsKey(Dialog.KeyOf(callId, localTag, remoteTag));
    }

    private void Forget(Timestamp now)
    {
        while (_order.TryPeek(out var oldest) && now - oldest.End >= memory)
        {
            Drop();
        }
    }

    private void Drop()
    {
        var (key, end) = _order.Dequeue();
        if (_ends.TryGetValue(key, out var last) && last == end)
        {
            _ends.Remove(key);
        }
    }
}
