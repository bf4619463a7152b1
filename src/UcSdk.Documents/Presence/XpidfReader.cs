namespace UcSdk.Documents;

/// <summary>
/// Reads the presence of the first drafts (draft-rosenberg-impp-pidf-00, as messengers of 2001 wrote it) as if it were PIDF: an
/// <c>atom</c> for each device, in it an <c>address</c> with its status.
/// </summary>
internal static class XpidfReader
{
    public static PidfPresence Read(DocumentElement root, DocumentElement presentity, DocumentScope scope) =>
        new(WithoutParameters(scope.RequireAttribute(presentity, "uri")))
        {
            Tuples = ValueList.From(root.ChildrenNamed("atom").Select(ReadAtom)),
            Extensions = ElementBuilder.Unknown(root, "presentity", "atom"),
            ExtensionAttributes = root.Attributes,
        };

    private static PidfTuple ReadAtom(DocumentElement atom, int index)
    {
        var address = atom.Child("address");
        var status = address?.Child("status")?.Attribute("status")?.Trim();
        var more = address?.Child("msnsubstatus")?.Attribute("substatus")?.Trim();
        return new PidfTuple(atom.Attribute("id") ?? atom.Attribute("atomid") ?? $"atom{index}")
        {
            IsOpen = status?.ToUpperInvariant() switch
            {
                null => null,
                "CLOSED" => false,
                _ => true,
            },
            Contact = address?.Attribute("uri") is { } uri ? WithoutParameters(uri) : null,
            StatusExtensions = Activity(status, more) is { } activity
                ? [new ElementBuilder(Namespaces.Rpid, "activities").Child(new DocumentElement(Namespaces.Rpid, activity)).Build()]
                : [],
            Extensions = address is null ? atom.Children : ElementBuilder.Unknown(address, "status", "msnsubstatus"),
        };
    }

    // The words of the drafts and of the messenger that extended them, as activities of RFC 4480.
    private static string? Activity(string? status, string? more) => more?.ToUpperInvariant() switch
    {
        "BUSY" => "busy",
        "ONTHEPHONE" => "on-the-phone",
        "AWAY" or "IDLE" or "BERIGHTBACK" => "away",
        "OUTTOLUNCH" => "meal",
        _ => status?.ToUpperInvariant() switch
        {
            "INUSE" => "busy",
            "INACTIVE" => "away",
            _ => null,
        },
    };

    // The drafts put the method into the URI: sip:bob@example.com;method=SUBSCRIBE.
    private static string WithoutParameters(string uri)
    {
        var semicolon = uri.IndexOf(';', StringComparison.Ordinal);
        return semicolon < 0 ? uri : uri[..semicolon];
    }
}
