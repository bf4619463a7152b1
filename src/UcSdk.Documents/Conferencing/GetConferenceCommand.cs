namespace UcSdk.Documents;

/// <summary>Asks for a conference by its id or by its URI ([MS-CONFPRO] §4.5 shows the former).</summary>
public sealed record GetConferenceCommand : C3pCommand
{
    internal const string ElementName = "getConference";

    /// <inheritdoc/>
    public override string Name => ElementName;

    /// <summary>The URI of the focus; null when the id is given.</summary>
    public string? ConferenceUri { get; init; }

    /// <summary>The id of a conference of the sender; null when the URI is given.</summary>
    public string? ConferenceId { get; init; }

    internal static GetConferenceCommand Read(DocumentElement element, DocumentScope scope)
    {
        var keys = scope.RequireChild(element, ConferenceKeys.Element);
        return new GetConferenceCommand
        {
            ConferenceUri = keys.Attribute("confEntity"),
            ConferenceId = keys.Attribute("conference-id"),
            Extensions = ElementBuilder.Unknown(element, ConferenceKeys.Element),
        };
    }

    internal override DocumentElement Write() => Start().Child(ConferenceKeys.Write(ConferenceUri, ConferenceId)).Extensions(this).Build();
}
