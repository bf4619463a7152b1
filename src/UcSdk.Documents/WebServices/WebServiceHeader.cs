using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>What the envelope of a request to a web service says beside the request: where it goes, and by whose ticket (WS-Addressing 1.0 §3, WS-Security 1.1 §5).</summary>
public sealed record WebServiceHeader : DocumentPart
{
    private const string Anonymous = "http://www.w3.org/2005/08/addressing/anonymous";

    /// <summary>The URL of the service; null when not said.</summary>
    public string? To { get; init; }

    /// <summary>The action, which the HTTP header <c>SOAPAction</c> repeats; null when not said.</summary>
    public string? Action { get; init; }

    /// <summary>A value of the request's own, <c>uuid:…</c>; null when not said.</summary>
    public string? MessageId { get; init; }

    /// <summary>The ticket; null when there is none.</summary>
    public WebTicket? Ticket { get; init; }

    /// <summary>Reads the header of a request.</summary>
    /// <returns>False when the body is not an envelope with something in it; an envelope without a header says nothing.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out WebServiceHeader? header, out DocumentError error, DocumentLimits? limits = null)
    {
        header = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope("SOAP 1.1 §4");
        if (root.Name != "Envelope")
        {
            scope.Fail(root.Name, "the root element Envelope");
            error = scope.Error;
            return false;
        }

        var read = root.Child("Header");
        header = read is null ? new() : new()
        {
            To = read.ChildText("To"),
            Action = read.ChildText("Action"),
            MessageId = read.ChildText("MessageID"),
            Ticket = ReadTicket(body, read.Child("Security")),
            Extensions = ElementBuilder.Unknown(read, "To", "ReplyTo", "Action", "MessageID", "Security"),
        };
        return true;
    }

    /// <summary>Never the ticket.</summary>
    public override string ToString() => $"header of {Action ?? "a request"}";

    internal IEnumerable<DocumentElement> Write()
    {
        var header = new ElementBuilder(Namespaces.Addressing, "Header")
            .Leaf("To", To)
            .Child(new ElementBuilder(Namespaces.Addressing, "ReplyTo").Leaf("Address", Anonymous).Build())
            .Leaf("MessageID", MessageId)
            .Leaf("Action", Action)
            .Child(Ticket is null ? null : new ElementBuilder(Namespaces.Security, "Security").Child(Ticket.WriteTimestamp()).Child(Ticket.Write()).Build());
        return header.Extensions(this).Build().Children;
    }

    private static WebTicket? ReadTicket(ReadOnlyMemory<byte> body, DocumentElement? security)
    {
        if (security?.Child("Assertion") is not { } assertion || !VerbatimElement.TryCut(body, assertion, out var text))
        {
            return null;
        }

        var life = security.Child("Timestamp");
        return new(text) { Created = DocumentScope.Moment(life?.ChildText("Created")), Expires = DocumentScope.Moment(life?.ChildText("Expires")) };
    }
}
