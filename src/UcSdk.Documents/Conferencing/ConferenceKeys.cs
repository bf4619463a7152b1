namespace UcSdk.Documents;

/// <summary>The elements by which C3P commands name what they are about.</summary>
internal static class ConferenceKeys
{
    public const string Element = "conferenceKeys";
    public const string UserElement = "userKeys";

    /// <summary>The URI of the conference that the command is about.</summary>
    public static string ReadUri(DocumentElement command, DocumentScope scope) =>
        scope.RequireAttribute(scope.RequireChild(command, Element), "confEntity");

    public static DocumentElement Write(string? conferenceUri, string? conferenceId = null) => new ElementBuilder(Namespaces.C3p, Element)
        .Attribute("confEntity", conferenceUri)
        .Attribute("conference-id", conferenceId, Namespaces.ConferenceInfoExtensions)
        .Build();

    public static DocumentElement WriteUser(string conferenceUri, string userUri) => new ElementBuilder(Namespaces.C3p, UserElement)
        .Attribute("confEntity", conferenceUri)
        .Attribute("userEntity", userUri)
        .Build();
}
