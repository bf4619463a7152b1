using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// The custom activities that an organisation offers its users: the document that provisioning names (<see cref="EndpointConfiguration.CustomStateUrl"/>), as the
/// administrator's documentation of Lync Server describes it ("Configuring Custom Presence States").
/// </summary>
public sealed record CustomStates : DocumentPart
{
    /// <summary>How many states clients offer; those behind are not shown.</summary>
    public const int MaxStates = 4;

    /// <summary>How many characters the words of one state may have.</summary>
    public const int MaxTextLength = 64;

    private const string Rule = "Configuring Custom Presence States, customStates";

    /// <summary>The states, in their order.</summary>
    public ValueList<CustomState> States { get; init; } = [];

    /// <summary>Reads the document.</summary>
    /// <returns>False when it is none, or a state of it lacks its number or availability.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out CustomStates? states, out DocumentError error, DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "customStates", Read, out states, out error);

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.CustomStates, "customStates").Children(States.Select(state => state.Write())).Extensions(this).Build().ToBytes();

    /// <summary>How many there are; never the words.</summary>
    public override string ToString() => $"customStates, {States.Count}";

    private static CustomStates Read(DocumentElement root, DocumentScope scope) => new()
    {
        States = ValueList.From(root.ChildrenNamed("customState").Select(state => CustomState.Read(state, scope))),
        Extensions = ElementBuilder.Unknown(root, "customState"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(root),
    };
}
