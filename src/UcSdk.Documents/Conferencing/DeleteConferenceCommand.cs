namespace UcSdk.Documents;

/// <summary>Ends a conference for good ([MS-CONFBAS] §2.2.3.13).</summary>
/// <param name="ConferenceUri">The URI of the focus.</param>
public sealed record DeleteConferenceCommand(string ConferenceUri) : C3pCommand
{
    internal const string ElementName = "deleteConference";

    /// <inheritdoc/>
    public override string Name => ElementName;

    internal static DeleteConferenceCommand Read(DocumentElement element, DocumentScope scope) => new(ConferenceKeys.ReadUri(element, scope))
    {
        Extensions = ElementBuilder.Unknown(element, ConferenceKeys.Element),
    };

    internal override DocumentElement Write() => Start().Child(ConferenceKeys.Write(ConferenceUri)).Extensions(this).Build();
}
