namespace UcSdk;

/// <summary>
/// Where the instant messages of a client are kept (<see cref="LyncClientOptions.History"/>): a <see cref="JsonLinesHistory"/>, the <c>SqliteConversationHistory</c> of
/// UcSdk.Storage.Sqlite, or one of your own. The client calls <see cref="AppendAsync"/> with one batch at a time, in the order in which messages were said; queries may come
/// from anywhere at any time. No member may keep the calling thread: it is the client's loop.
/// </summary>
public interface IConversationHistory
{
    /// <summary>
    /// Keeps messages. One whose <see cref="HistoryMessage.Id"/> is there already takes the place of the former: so results come to messages that were kept when they were sent.
    /// </summary>
    /// <param name="messages">What was said, in order.</param>
    /// <param name="cancellationToken">Before it has begun, nothing is kept; later it does nothing.</param>
    /// <exception cref="IOException">None of the messages was kept, or it is not known which.</exception>
    Task AppendAsync(IReadOnlyList<HistoryMessage> messages, CancellationToken cancellationToken);

    /// <summary>What was kept and appended before the call.</summary>
    /// <param name="query">Which messages.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The latest that match, as many as the query wants, the earliest of them first; those of one moment in the order in which they were appended.</returns>
    /// <exception cref="IOException">The store cannot be read.</exception>
    Task<IReadOnlyList<HistoryMessage>> QueryAsync(HistoryQuery query, CancellationToken cancellationToken);
}
