using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// What the server has told this client to do and where things are: in-band provisioning ([MS-SIPREGE] §2.2.2) and the dial plan ([MS-SIPRE] §2.2.8). Read anew with each
/// sign-in and by <see cref="RefreshAsync"/>; before the first, and where the server offers none, nothing is set. After signing out it stays as it was.
/// </summary>
public sealed class ClientSettings
{
    private readonly ModelContext _context;
    private readonly Func<string, ServerConnection> _demandConnection;
    private readonly ChangeStream<ClientSettingsChange> _changes;
    private volatile ClientSettingsSnapshot _current = ClientSettingsSnapshot.Empty;

    internal ClientSettings(ModelContext context, Func<string, ServerConnection> demandConnection)
    {
        _context = context;
        _demandConnection = demandConnection;
        _changes = new(context.Observers, "ClientSettings");
    }

    /// <summary>All settings, as of now.</summary>
    public ClientSettingsSnapshot Current => _current;

    /// <summary>Tells when settings have changed, and which groups. Ends when the client is disposed.</summary>
    public IObservable<ClientSettingsChange> Changes => _changes;

    /// <summary>Where the services of the user's server are, and how media is to be sent.</summary>
    public ServerConfiguration ServerConfiguration => _current.ServerConfiguration;

    /// <summary>What the user may do with calls.</summary>
    public UcPolicy VoicePolicy => _current.VoicePolicy;

    /// <summary>What the user's meetings may have.</summary>
    public MeetingPolicy MeetingPolicy => _current.MeetingPolicy;

    /// <summary>How the client is to behave.</summary>
    public EndpointConfiguration EndpointConfiguration => _current.EndpointConfiguration;

    /// <summary>Settings of the user.</summary>
    public UserSettings UserSettings => _current.UserSettings;

    /// <summary>The rules by which numbers are dialled; without rules until they are fetched, which is soon after the sign-in.</summary>
    public DialPlan DialPlan => _current.DialPlan;

    /// <summary>A setting as the server wrote it, also of groups and names that this library does not know; null when it is not set.</summary>
    /// <param name="group">The group, e.g. <c>ucPolicy</c> (<see cref="ProvisioningGroupNames"/>); the case does not matter.</param>
    /// <param name="setting">The name, e.g. <c>AllowCallForwarding</c>; the case does not matter.</param>
    public string? this[string group, string setting] => _current.Groups.Group(group)?[setting];

    /// <summary>Asks the server for its settings now.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task RefreshAsync(CancellationToken cancellationToken = default) => _context.Loop.InvokeAsync(async () =>
    {
        var connection = _demandConnection(nameof(RefreshAsync));
        try
        {
            Apply(await new SettingsFetch(_context, connection).ReadGroupsAsync(cancellationToken));
            await ReadDialPlanAsync(connection, cancellationToken);
        }
        catch (Exception failure) when (ServerRequestException.Covers(failure))
        {
            throw new ServerRequestException("Reading the settings", failure);
        }
    });

    /// <summary>Takes what a sign-in has brought; null when the server offers no settings.</summary>
    internal void Apply(ProvisioningNotification? groups)
    {
        groups ??= ClientSettingsSnapshot.Empty.Groups;
        Change(new(groups, groups.LocationProfile is null ? DialPlan.None : _current.DialPlan));
    }

    /// <summary>Fetches the rules, where the settings name a profile.</summary>
    internal async Task ReadDialPlanAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        if (_current.Groups.LocationProfile is null)
        {
            return;
        }

        var profile = await new SettingsFetch(_context, connection).ReadLocationProfileAsync(cancellationToken);
        Change(_current with { DialPlan = profile is null ? DialPlan.None : profile == DialPlan.Profile ? DialPlan : new(profile) });
    }

    internal void Complete() => _changes.Complete();

    private void Change(ClientSettingsSnapshot next)
    {
        var previous = _current;
        var changed = next.DifferencesFrom(previous);
        _current = next;
        if (changed.Count > 0)
        {
            _changes.Publish(new(previous, next, changed, _context.WallClock));
        }
    }
}
