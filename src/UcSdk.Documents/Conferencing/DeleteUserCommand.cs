namespace UcSdk.Documents;

/// <summary>Removes a participant from a conference ([MS-CONFBAS] §2.2.3).</summary>
/// <param name="ConferenceUri">The URI of the focus.</param>
/// <param name="UserUri">Who is removed.</param>
public sealed record DeleteUserCommand(string ConferenceUri, string UserUri) : C3pCommand
{
    internal const string ElementName = "deleteUser";

    /// <inheritdoc/>
    public override string Name => ElementName;

    internal static DeleteUserCommand Read(DocumentElement element, DocumentScope scope)
    {
        var keys = scope.RequireChild(element, ConferenceKeys.UserElement);
        return new DeleteUserCommand(scope.RequireAttribute(keys, "confEntity"), scope.RequireAttribute(keys, "userEntity"))
        {
            Extensions = ElementBuilder.Unknown(element, ConferenceKeys.UserElement),
        };
    }

    internal override DocumentElement Write() => Start().Child(ConferenceKeys.WriteUser(ConferenceUri, UserUri)).Extensions(this).Build();
}
