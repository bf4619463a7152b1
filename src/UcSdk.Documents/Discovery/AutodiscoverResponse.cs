using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>What the Autodiscover service answers (<see cref="ContentTypes.Autodiscover"/>; [MS-OCDISCWS] §2.2.4.1).</summary>
/// <param name="Resource">The resource that was asked for.</param>
public sealed record AutodiscoverResponse(AutodiscoverResource Resource) : DocumentPart
{
    private const string Rule = "[MS-OCDISCWS] §2.2.4.1";

    /// <summary>From where the server saw the question come: <c>Internal</c> or <c>External</c>; null when not said, as in the JSON form.</summary>
    public string? AccessLocation { get; init; }

    /// <summary>
    /// Reads an answer: XML, or the JSON form with <c>_links</c> that servers give to clients of the web API. Of the latter only the links are read, and whatever
    /// has a link <c>applications</c> is the user resource.
    /// </summary>
    /// <param name="body">The bytes.</param>
    /// <param name="response">The answer.</param>
    /// <param name="error">What is wrong; default when nothing is.</param>
    /// <param name="limits">What the document may cost; <see cref="DocumentLimits.Default"/> when null.</param>
    /// <returns>False when the body is no such document, or has no resource in it.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out AutodiscoverResponse? response,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        response = null;
        if (AutodiscoverJson.IsJson(body.Span))
        {
            return AutodiscoverJson.TryRead(body, limits ?? DocumentLimits.Default, out response, out error);
        }

        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        if (root.Name != "AutodiscoverResponse")
        {
            scope.Fail(root.Name, "the root element AutodiscoverResponse");
        }

        var resource = ResourceOf(root);
        if (resource is null)
        {
            scope.Fail(root.Name, "one of Root, User and Domain");
        }

        error = scope.Error;
        response = scope.Failed ? null : new AutodiscoverResponse(resource!)
        {
            AccessLocation = root.Attribute("AccessLocation")?.Trim() is { Length: > 0 } location ? location : null,
            Extensions = ElementBuilder.Unknown(root, "Root", "User", "Domain"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "AccessLocation"),
        };
        return response is not null;
    }

    /// <summary>The answer as XML in UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder("", "AutodiscoverResponse")
        .Attribute("AccessLocation", AccessLocation)
        .Child(Resource.Write())
        .Extensions(this)
        .Build()
        .ToBytes();

    private static AutodiscoverResource? ResourceOf(DocumentElement root) =>
        root.Child("Root") is { } entry ? AutodiscoverResource.Of(entry, AutodiscoverResourceKind.Root)
        : root.Child("User") is { } user ? AutodiscoverResource.Of(user, AutodiscoverResourceKind.User)
        : root.Child("Domain") is { } domain ? AutodiscoverResource.Of(domain, AutodiscoverResourceKind.Domain)
        : null;
}
