namespace UcSdk;

/// <summary>Somebody who watches the user's presence, or wants to.</summary>
/// <param name="Uri">Who, <c>sip:user@domain</c>.</param>
/// <param name="DisplayName">The name; null when the server does not know it.</param>
/// <param name="Scope">Where from; null when the server does not say.</param>
/// <param name="IsAcknowledged">Whether one of the user's endpoints has acknowledged it.</param>
public sealed record Watcher(string Uri, string? DisplayName, AccessEntryScope? Scope, bool IsAcknowledged)
{
    /// <summary>Whether it is acknowledged; never who.</summary>
    public override string ToString() => $"watcher, {(IsAcknowledged ? "acknowledged" : "new")}";
}
