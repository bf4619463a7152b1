namespace ImBot;

/// <summary>Messages for people who were not there. May be used from any thread.</summary>
internal sealed class Mailbox
{
    /// <summary>How many messages wait for one person.</summary>
    public const int MaxMessages = 20;

    /// <summary>For how many people messages wait.</summary>
    public const int MaxPeople = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<string>> _waiting = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps a message; false when too many wait already.</summary>
    public bool TryAdd(string person, string message)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(person, out var queue) && _waiting.Count < MaxPeople)
            {
                _waiting.Add(person, queue = new());
            }

            if (queue is null || queue.Count == MaxMessages)
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
