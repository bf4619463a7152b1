namespace UcSdk;

/// <content>What the server has the client do.</content>
public sealed partial class LyncClient
{
    private readonly SelfModel _self;

    /// <summary>Keeps the user's contacts and groups, and watches presence.</summary>
    public ContactManager ContactManager { get; }

    /// <summary>What the server has told: policies, addresses of services, the dial plan.</summary>
    public ClientSettings Settings { get; }

    /// <summary>
    /// The number that is meant by what was dialled, by the rules of the user's dial plan (<see cref="ClientSettings.DialPlan"/>): <c>0100</c> may be <c>+14255550100</c>. A
    /// number in global form is itself, without separators.
    /// </summary>
    /// <param name="dialed">What was dialled, or a tel URI.</param>
    /// <returns>The number; null when this is none and no rule makes it one.</returns>
    public string? NormalizePhoneNumber(string dialed) => Settings.DialPlan.TryNormalize(dialed, out var number) ? number : null;

    /// <summary>Who may see what of the user, as last known.</summary>
    internal PrivacyRelationships Permissions => _self.Permissions;

    /// <summary>Shows what the user knows of itself, where that is the contact. On the loop.</summary>
    internal void ShowOwn(Contact contact) => _self.ShowOwn(contact);

    /// <summary>Who watches the user, as last known.</summary>
    internal IReadOnlyList<Watcher> Watchers => _self.Watchers;

    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    private ServerConnection DemandConnection(string operation) => State == ClientState.SignedIn && Connection is { } connection
        ? connection
        : throw new NotSignedInException(State, operation);
}
