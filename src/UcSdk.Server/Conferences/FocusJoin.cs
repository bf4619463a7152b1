using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>A user asks to be let in: <c>addUser</c> in the INVITE that makes the focus dialog ([MS-CONFBAS] §2.2.3.3).</summary>
internal sealed record FocusJoin
{
    /// <summary>The edge's number for the dialog.</summary>
    public required long Dialog { get; init; }

    /// <summary>The registered endpoint behind it.</summary>
    public required EndpointId Party { get; init; }

    /// <summary>The name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The key of the focus endpoint in the roster, made by the client.</summary>
    public required string Endpoint { get; init; }

    public ConferenceClientInfo? ClientInfo { get; init; }
}
