namespace ImBot;

/// <summary>Messages for people who were not there. May be used from any thread.</summary>
internal sealed class Mailbox
{
    /// <summary>How many messages wait for one person.</summary>
    public const int MaxMessages = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<string>> _waiting = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps a message; false when too many wait for the person already.</summary>
    public bool TryAdd(string person, string message)
    {
        lock (_gate)
        {
            var queue = _waiting.TryGetValue(person, out var there) ? there : _waiting[person] = new();
            if (queue.Count == MaxMessages)
            {
                return false;
            }

            queue.Enqueue(message);
            return true;
        }
    }

    /// <summary>Takes out what waits for the person; nothing is left.</summary>
    public IReadOnlyList<string> Take(string person)
    {
        lock (_gate)
        {
            return _waiting.Remove(person, out var queue) ? [.. queue] : [];
        }
    }
}
