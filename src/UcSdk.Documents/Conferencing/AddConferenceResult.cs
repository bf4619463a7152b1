namespace UcSdk.Documents;

/// <summary>The conference that was made; its entity is the URI of the focus.</summary>
/// <param name="Conference">The conference as the server made it.</param>
public sealed record AddConferenceResult(ConferenceInfo Conference) : C3pResult
{
    /// <inheritdoc/>
    public override string Name => AddConferenceCommand.ElementName;

    internal static AddConferenceResult Read(DocumentElement element, DocumentScope scope)
    {
        var conference = scope.RequireChild(element, "conference-info");
        scope.RequireAttribute(conference, "entity");
        return new AddConferenceResult(ConferenceInfo.Read(conference, scope)) { Extensions = ElementBuilder.Unknown(element, "conference-info") };
    }

    internal override DocumentElement Write() => Start().Child(Conference.Write(withState: false)).Extensions(this).Build();
}
