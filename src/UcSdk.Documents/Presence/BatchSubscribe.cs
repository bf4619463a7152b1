using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>Changes which users one subscription watches (<see cref="ContentTypes.BatchSubscribe"/>; [MS-PRES] §2.2.2.4.1, element <c>batchSub</c>).</summary>
/// <param name="Uri">The watcher, with scheme.</param>
public sealed record BatchSubscribe(string Uri) : DocumentPart
{
    private const string Rule = "[MS-PRES] §2.2.2.4.1 batchSub";

    /// <summary>The name of the list; normally empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>What is to be done, in order.</summary>
    public ValueList<BatchAction> Actions { get; init; } = [];

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not a <c>batchSub</c> document with URI, an action in it is unknown, or a resource or category has no name.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out BatchSubscribe? request,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "batchSub", Read, out request, out error);

    /// <summary>The request as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.BatchSubscribe, "batchSub")
        .Attribute("uri", Uri)
        .Attribute("name", Name)
        .Children(Actions.Select(action => action.Write()))
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>How many actions there are; never about whom.</summary>
    public override string ToString() => $"batchSub, {Actions.Count} actions";

    private static BatchSubscribe Read(DocumentElement root, DocumentScope scope) => new(scope.RequireAttribute(root, "uri"))
    {
        Name = root.Attribute("name") ?? "",
        Actions = ValueList.From(root.ChildrenNamed("action").Select(action => BatchAction.Read(action, scope))),
        Extensions = ElementBuilder.Unknown(root, "action"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "uri", "name"),
    };
}
