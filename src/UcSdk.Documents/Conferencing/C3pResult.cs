namespace UcSdk.Documents;

/// <summary>What a C3P response brings back: for a success the result of the command, otherwise <see cref="BareC3pResult"/>.</summary>
public abstract record C3pResult : DocumentPart
{
    private protected C3pResult()
    {
    }

    /// <summary>The name of the command that is answered.</summary>
    public abstract string Name { get; }

    /// <summary>Why the command failed, of <see cref="C3pReasons"/>; null when not said.</summary>
    public string? Reason { get; init; }

    /// <summary>The name of the command; never the content.</summary>
    public sealed override string ToString() => Reason is null ? Name : $"{Name} ({Reason})";

    internal static C3pResult ReadAny(DocumentElement element, C3pCode code, DocumentScope scope)
    {
        scope.Path += $"/{element.Name}";
        C3pResult result = code != C3pCode.Success ? BareC3pResult.Read(element) : element.Name switch
        {
            AddConferenceCommand.ElementName => AddConferenceResult.Read(element, scope),
            GetConferenceCommand.ElementName => GetConferenceResult.Read(element, scope),
            DeleteConferenceCommand.ElementName => DeleteConferenceResult.Read(element),
            AddUserCommand.ElementName => AddUserResult.Read(element, scope),
            DeleteUserCommand.ElementName => DeleteUserResult.Read(element),
            GetConferencingCapabilitiesCommand.ElementName => GetConferencingCapabilitiesResult.Read(element),
            _ => BareC3pResult.Read(element),
        };
        return result with
        {
            Reason = element.Attribute("reason"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "reason", "capability-version"),
        };
    }

    internal abstract DocumentElement Write();

    private protected ElementBuilder Start() => new ElementBuilder(Namespaces.C3p, Name).Attribute("reason", Reason);
}
