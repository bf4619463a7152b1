namespace UcSdk.Documents;

/// <summary>The conference that was asked for.</summary>
/// <param name="Conference">The conference.</param>
public sealed record GetConferenceResult(ConferenceInfo Conference) : C3pResult
{
    /// <inheritdoc/>
    public override string Name => GetConferenceCommand.ElementName;

    internal static GetConferenceResult Read(DocumentElement element, DocumentScope scope) =>
        new(ConferenceInfo.Read(scope.RequireChild(element, "conference-info"), scope))
        {
            Extensions = ElementBuilder.Unknown(element, "conference-info"),
        };

    internal override DocumentElement Write() => Start().Child(Conference.Write(withState: false)).Extensions(this).Build();
}
