using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>One user in the roster.</summary>
internal sealed class RosterUser(string entity, string displayName, string role)
{
    public string Entity { get; } = entity;

    public string Role { get; } = role;

    public bool IsPresenter => Role == ConferenceRoles.Presenter;

    /// <summary>In the order in which they appeared.</summary>
    public List<RosterEndpoint> Endpoints { get; } = [];

    public bool HasFocusEndpoint(EndpointId party) => Endpoints.Any(endpoint => endpoint.IsFocus && endpoint.Party == party);

    /// <summary>The whole user: clients drop what a user element does not repeat, so there is no partial one.</summary>
    public ConferenceUser ToDocument() => new(Entity)
    {
        DisplayText = displayName,
        Roles = [Role],
        Endpoints = ValueList.From(Endpoints.Select(endpoint => endpoint.Document)),
    };

    /// <summary>The notice that the user is gone.</summary>
    public ConferenceUser ToDeletion() => new(Entity) { State = ElementState.Deleted };
}
