using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// Who keeps the list of a group conversation without a server, as clients of Live Communications Server 2005 elect it: INFO inside the session with
/// <see cref="ContentTypes.RosterManager"/>, element <c>action</c> with one child. The answer comes in the 200 (<see cref="Answer"/>). Later clients talk in conferences instead.
/// </summary>
/// <param name="Kind">What is said: <see cref="Request"/> or <see cref="Set"/>.</param>
/// <param name="Uri">Who wants to be it or is it, an address with scheme.</param>
public sealed record RosterManagerAction(string Kind, string Uri) : DocumentPart
{
    /// <summary>Somebody wants to be the roster manager, and bids for it.</summary>
    public const string Request = "RequestRM";

    /// <summary>Somebody is the roster manager from now on.</summary>
    public const string Set = "SetRM";

    private const string RootName = "action";
    private const string Namespace = "http://schemas.microsoft.com/sip/multiparty/";

    /// <summary>With <see cref="Request"/>: the bid; the higher one wins. Null when not said.</summary>
    public uint? Bid { get; init; }

    /// <summary>Reads a document.</summary>
    /// <returns>False when the body is not an <c>action</c> document with one of the two children and its address.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out RosterManagerAction? action,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, RootName, RootName, Read, out action, out error);

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => Root(new ElementBuilder(Namespace, Kind).Attribute("uri", Uri).Attribute("bid", Bid?.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>The answer, as UTF-8.</summary>
    /// <param name="isAllowed">Whether the sender may be the roster manager; an answer to <see cref="Set"/> says nothing of it.</param>
    public byte[] Answer(bool isAllowed) =>
        Root(new ElementBuilder(Namespace, Kind + "Response").Attribute("uri", Uri).Attribute("allow", Kind == Request ? isAllowed ? "true" : "false" : null)).Build().ToBytes();

    /// <summary>What is said; never of whom.</summary>
    public override string ToString() => Kind;

    private static ElementBuilder Root(ElementBuilder child) => new ElementBuilder(Namespace, RootName).Child(child.Build());

    private static RosterManagerAction Read(DocumentElement root, DocumentScope scope)
    {
        var child = root.Child(Request) ?? scope.RequireChild(root, Set);
        return new RosterManagerAction(child.Name, scope.RequireAttribute(child, "uri"))
        {
            Bid = DocumentScope.Number(child.Attribute("bid")),
            Extensions = ElementBuilder.Unknown(root, child.Name),
            ExtensionAttributes = root.Attributes,
        };
    }
}
