namespace UcSdk.Documents;

/// <summary>The user was joined ([MS-CONFBAS] §2.2.3.4); the one role is the granted one.</summary>
/// <param name="ConferenceUri">The URI of the focus, as in the request.</param>
/// <param name="User">Who joined, as in the request, with the granted role.</param>
public sealed record AddUserResult(string ConferenceUri, ConferenceUser User) : C3pResult
{
    /// <inheritdoc/>
    public override string Name => AddUserCommand.ElementName;

    /// <summary>The granted role, of <see cref="ConferenceRoles"/>; null when the peer did not say.</summary>
    public string? GrantedRole => User.Roles.Count > 0 ? User.Roles[0] : null;

    internal static AddUserResult Read(DocumentElement element, DocumentScope scope) =>
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
