namespace UcSdk.Documents;

/// <summary>The participant was removed.</summary>
public sealed record DeleteUserResult : C3pResult
{
    /// <inheritdoc/>
    public override string Name => DeleteUserCommand.ElementName;

    /// <summary>The URI of the focus; null when the peer did not repeat it.</summary>
    public string? ConferenceUri { get; init; }

    /// <summary>Who was removed; null when the peer did not repeat it.</summary>
    public string? UserUri { get; init; }

    internal static DeleteUserResult Read(DocumentElement element) => new()
    {
        ConferenceUri = element.Child(ConferenceKeys.UserElement)?.Attribute("confEntity"),
        UserUri = element.Child(ConferenceKeys.UserElement)?.Attribute("userEntity"),
        Extensions = ElementBuilder.Unknown(element, ConferenceKeys.UserElement),
    };

    internal override DocumentElement Write() => Start()
        .Child(ConferenceUri is null || UserUri is null ? null : ConferenceKeys.WriteUser(ConferenceUri, UserUri))
        .Extensions(this)
        .Build();
}
