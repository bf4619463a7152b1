namespace UcSdk.Documents;

/// <summary>What a C3P request asks for; one of the commands of this namespace, or <see cref="UnknownC3pCommand"/>.</summary>
public abstract record C3pCommand : DocumentPart
{
    private protected C3pCommand()
    {
    }

    /// <summary>The name of the command's element.</summary>
    public abstract string Name { get; }

    /// <summary>The part of the conference that is to execute the command (attribute <c>mscp:mcuUri</c>); null for the focus itself.</summary>
    public string? McuUri { get; init; }

    /// <summary>The name of the command; never its content.</summary>
    public sealed override string ToString() => Name;

    internal static C3pCommand ReadAny(DocumentElement element, DocumentScope scope)
    {
        scope.Path += $"/{element.Name}";
        C3pCommand command = element.Name switch
        {
            AddConferenceCommand.ElementName => AddConferenceCommand.Read(element, scope),
            GetConferenceCommand.ElementName => GetConferenceCommand.Read(element, scope),
            DeleteConferenceCommand.ElementName => DeleteConferenceCommand.Read(element, scope),
            AddUserCommand.ElementName => AddUserCommand.Read(element, scope),
            DeleteUserCommand.ElementName => DeleteUserCommand.Read(element, scope),
            GetConferencingCapabilitiesCommand.ElementName => GetConferencingCapabilitiesCommand.Read(element),
            _ => new UnknownC3pCommand(element),
        };
        return command with
        {
            McuUri = element.Attribute("mcuUri"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "mcuUri"),
        };
    }

    internal abstract DocumentElement Write();

    private protected ElementBuilder Start() =>
        new ElementBuilder(Namespaces.C3p, Name).Attribute("mcuUri", McuUri, Namespaces.C3pExtensions);
}
