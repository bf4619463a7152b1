namespace UcSdk.Server;

/// <summary>What a watcher asks for about one user.</summary>
/// <param name="Uri">The user, as the watcher calls it.</param>
/// <param name="Watches">False to watch it no more.</param>
/// <param name="Categories">The categories; empty for the usual ones.</param>
/// <param name="Introduces">True when the user is to be told of the watcher.</param>
internal sealed record WatchWish(string Uri, bool Watches, IReadOnlyList<string> Categories, bool Introduces);
