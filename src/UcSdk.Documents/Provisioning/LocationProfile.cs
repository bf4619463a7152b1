using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// A location profile, also called dial plan: the rules by which numbers are dialled at a place (<see cref="ContentTypes.LocationProfile"/>; [MS-SIPRE] §2.2.8 and
/// appendix B). <see cref="DialPlan"/> applies them.
/// </summary>
/// <param name="Name">The name, which can stand in the phone-context of a tel URI (RFC 3966 §3).</param>
/// <param name="Rules">The rules; the first that matches counts.</param>
public sealed record LocationProfile(string Name, ValueList<NormalizationRule> Rules) : DocumentPart
{
    private const string Rule = "[MS-SIPRE] §2.2.8.1";

    /// <summary>What is dialled before external numbers; null when nothing is.</summary>
    public string? ExternalAccessPrefix { get; init; }

    /// <summary>Whether phones may dial as soon as a rule matches; null when not said.</summary>
    public bool? OptimizeDeviceDialing { get; init; }

    /// <summary>Reads a profile.</summary>
    /// <returns>False when the body is not a <c>LocationProfileDescription</c>, or has no name, or a rule in it lacks its pattern or translation.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out LocationProfile? profile, out DocumentError error, DocumentLimits? limits = null)
    {
        profile = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        if (root.Name != "LocationProfileDescription")
        {
            scope.Fail(root.Name, "the root element LocationProfileDescription");
        }

        var name = scope.RequireChild(root, "Name").Text.Trim();
        var rules = ValueList.From(root.ChildrenNamed("Rule").Select(rule => NormalizationRule.Read(rule, scope)));
        error = scope.Error;
        profile = scope.Failed ? null : new LocationProfile(name, rules)
        {
            ExternalAccessPrefix = root.ChildText("ExternalAccessPrefix"),
            OptimizeDeviceDialing = DocumentScope.Boolean(root.ChildText("OptimizeDeviceDialing")),
            Extensions = ElementBuilder.Unknown(root, "Name", "Rule", "ExternalAccessPrefix", "OptimizeDeviceDialing"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root),
        };
        return profile is not null;
    }

    /// <summary>The profile as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.LocationProfile, "LocationProfileDescription")
        .Leaf("Name", Name)
        .Children(Rules.Select(rule => rule.Write()))
        .Leaf("ExternalAccessPrefix", ExternalAccessPrefix)
        .Leaf("OptimizeDeviceDialing", OptimizeDeviceDialing)
        .Extensions(this)
        .Build()
        .ToBytes();
}
