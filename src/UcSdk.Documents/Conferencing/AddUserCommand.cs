namespace UcSdk.Documents;

/// <summary>
/// Joins a user to a conference: the sender's own endpoint, in the INVITE to the focus ([MS-CONFBAS] §2.2.3.3), or another user.
/// </summary>
/// <param name="ConferenceUri">The URI of the focus.</param>
/// <param name="User">Who joins, in which role, with which endpoint.</param>
public sealed record AddUserCommand(string ConferenceUri, ConferenceUser User) : C3pCommand
{
    internal const string ElementName = "addUser";

    /// <inheritdoc/>
    public override string Name => ElementName;

    /// <summary>The command with which a client joins a conference.</summary>
    /// <param name="conferenceUri">The URI of the focus.</param>
    /// <param name="userUri">The client's own URI.</param>
    /// <param name="endpoint">The key that its focus endpoint shall have in the roster; written as a GUID in braces.</param>
    /// <param name="role">The role it would like, of <see cref="ConferenceRoles"/>; the answer says which it got.</param>
    /// <param name="lobbyCapable">Whether it can wait in the lobby; without that a closed conference refuses it.</param>
    public static AddUserCommand Join(
        string conferenceUri,
        string userUri,
        Guid endpoint,
        string role = ConferenceRoles.Attendee,
        bool lobbyCapable = true) => new(conferenceUri, new ConferenceUser(userUri)
        {
            Roles = [role],
            Endpoints =
            [
                new ConferenceEndpoint(endpoint.ToString("B").ToUpperInvariant())
                {
                    ClientInfo = lobbyCapable ? new ConferenceClientInfo { LobbyCapable = true } : null,
                },
            ],
        });

    internal static AddUserCommand Read(DocumentElement element, DocumentScope scope) =>
        new(ConferenceKeys.ReadUri(element, scope), ConferenceUser.Read(scope.RequireChild(element, "user"), scope))
        {
            Extensions = ElementBuilder.Unknown(element, ConferenceKeys.Element, "user"),
        };

    internal override DocumentElement Write() => Start()
        .Child(ConferenceKeys.Write(ConferenceUri))
        .Child(User.Write(withState: false))
        .Extensions(this)
        .Build();
}
