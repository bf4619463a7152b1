namespace UcSdk;

/// <summary>What came of merging a conversation into another (<see cref="Conversation.MergeAsync"/>).</summary>
/// <param name="Joined">Who came, <c>sip:user@domain</c>; not those who were in both.</param>
/// <param name="Failures">Who could not come.</param>
public sealed record ConversationMerge(IReadOnlyList<string> Joined, IReadOnlyList<MergeFailure> Failures)
{
    /// <summary>Whether all are here, so that the other conversation has ended.</summary>
    public bool IsComplete => Failures.Count == 0;

    /// <summary>How many; never who.</summary>
    public override string ToString() => $"{Joined.Count} joined, {Failures.Count} did not";
}
