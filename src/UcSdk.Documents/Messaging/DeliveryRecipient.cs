namespace UcSdk.Documents;

/// <summary>What became of an instant message at one participant of a conference ([MS-CONFIM] §2.2.1, element <c>recipient</c>).</summary>
/// <param name="Uri">Who, as the server writes it: an address in angle brackets, often that of one endpoint.</param>
public sealed record DeliveryRecipient(string Uri) : DocumentPart
{
    /// <summary>The key under which the server says why, in the form of the header of this name.</summary>
    public const string DiagnosticsKey = "ms-diagnostics";

    /// <summary>The SIP status with which the participant answered; null when not said.</summary>
    public uint? Status { get; init; }

    /// <summary>What else the server says.</summary>
    public ValueList<DeliveryEntry> Entries { get; init; } = [];

    /// <summary>Whether the participant does not have the message: so it is when the status is 300 or more, or missing.</summary>
    public bool IsFailed => Status is null or >= 300;

    /// <summary>The address without angle brackets, with what distinguishes the endpoint.</summary>
    public string Address
    {
        get
        {
            var uri = Uri.AsSpan().Trim();
            var open = uri.IndexOf('<');
            var close = open < 0 ? -1 : uri[open..].IndexOf('>');
            return (close < 0 ? uri : uri.Slice(open + 1, close - 1).Trim()).ToString();
        }
    }

    /// <summary>Why the message did not arrive, in the form of the header <c>ms-diagnostics</c>; null when not said.</summary>
    public string? Diagnostics => Entries.FirstOrDefault(entry => entry.Key.Equals(DiagnosticsKey, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>A participant that answered with an error, or did not answer (408).</summary>
    /// <param name="address">The address without angle brackets.</param>
    /// <param name="status">The SIP status.</param>
    /// <param name="diagnostics">Why, in the form of the header <c>ms-diagnostics</c>; null for nothing.</param>
    public static DeliveryRecipient Failure(string address, uint status, string? diagnostics = null) => new($"<{address}>")
    {
        Status = status,
        Entries = diagnostics is null ? [] : [new DeliveryEntry(DiagnosticsKey, diagnostics)],
    };

    /// <summary>The status; never who.</summary>
    public override string ToString() => $"recipient {Status}";

    internal static DeliveryRecipient Read(DocumentElement element, DocumentScope scope)
    {
        var status = DocumentScope.Number(element.ChildText("status"));
        return new DeliveryRecipient(scope.RequireAttribute(element, "uri"))
        {
            Status = status,
            Entries = PresenceText.Each(element, "entry", scope, DeliveryEntry.Read),
            Extensions = ElementBuilder.Unknown(element, "entry", PresenceText.If(status is not null, "status")),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "uri"),
        };
    }

    internal DocumentElement Write() => new ElementBuilder(Namespaces.DeliveryNotification, "recipient")
        .Attribute("uri", Uri)
        .Leaf("status", Status)
        .Children(Entries.Select(entry => entry.Write()))
        .Extensions(this)
        .Build();
}
