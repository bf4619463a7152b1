namespace UcSdk.Documents;

/// <summary>Asks the focus factory for a new conference ([MS-CONFPRO] §2.2.3).</summary>
/// <param name="Conference">What the conference is to be; its entity is empty, and its parts are named by type.</param>
public sealed record AddConferenceCommand(ConferenceInfo Conference) : C3pCommand
{
    internal const string ElementName = "addConference";

    /// <inheritdoc/>
    public override string Name => ElementName;

    internal static AddConferenceCommand Read(DocumentElement element, DocumentScope scope) =>
        new(ConferenceInfo.Read(scope.RequireChild(element, "conference-info"), scope))
        {
            Extensions = ElementBuilder.Unknown(element, "conference-info"),
        };

    internal override DocumentElement Write() => Start().Child(Conference.Write(withState: false)).Extensions(this).Build();
}
