namespace UcSdk;

/// <summary>Which messages of a history: those that match all that is said.</summary>
public sealed record HistoryQuery
{
    /// <summary>The most messages of one answer.</summary>
    public const int MaxMaxCount = 10_000;

    /// <summary>Of this conversation (<see cref="Conversation.Id"/>); null for any.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Written by this person or said to it, <c>sip:user@domain</c> without regard to case; null for anybody.</summary>
    public string? Person { get; init; }

    /// <summary>Not before; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before; null for no bound.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many, of the latest; default 100, 1…<see cref="MaxMaxCount"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int MaxCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxMaxCount);
            field = value;
        }
    } = 100;

    /// <summary>Whether the message is one of those.</summary>
    public bool Matches(HistoryMessage message) =>
        (ConversationId is null || ConversationId == message.ConversationId)
        && (From is null || message.Time >= From)
        && (Until is null || message.Time < Until)
        && (Person is null || message.IsWith(Person));

    /// <summary>How many; never of whom.</summary>
    public override string ToString() => $"the latest {MaxCount}";
}
