using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>One user in the roster.</summary>
internal sealed class RosterUser(string entity, string displayName, string role)
{
    private readonly List<RosterEndpoint> _endpoints = [];
    private ConferenceUser? _document;

    public string Entity { get; } = entity;

    public string Role { get; } = role;

    public bool IsPresenter => Role == ConferenceRoles.Presenter;

    /// <summary>In the order in which they appeared.</summary>
    public IReadOnlyList<RosterEndpoint> Endpoints => _endpoints;

    /// <summary>As subscribers see the user. The same object until something changes, so that unchanged users cost no comparison.</summary>
    public ConferenceUser Document => _document ??= new ConferenceUser(Entity)
    {
        DisplayText = displayName,
        Roles = [Role],
        Endpoints = ValueList.From(_endpoints.Select(endpoint => endpoint.Document)),
    };

    public bool HasFocusEndpoint(EndpointId party) => _endpoints.Exists(endpoint => endpoint.IsFocus && endpoint.Party == party);

    public void Add(RosterEndpoint endpoint)
    {
        _endpoints.Add(endpoint);
        _document = null;
    }

    /// <summary>Removes what matches and says what it was.</summary>
    public IReadOnlyList<RosterEndpoint> Remove(Predicate<RosterEndpoint> matches)
    {
        var removed = _endpoints.FindAll(matches);
        _endpoints.RemoveAll(matches);
        _document = null;
        return removed;
    }

    public void Replace(RosterEndpoint old, RosterEndpoint current)
    {
        _endpoints[_endpoints.IndexOf(old)] = current;
        _document = null;
    }
}
