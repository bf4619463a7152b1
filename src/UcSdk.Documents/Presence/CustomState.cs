namespace UcSdk.Documents;

/// <summary>A custom activity that an organisation offers its users (element <c>customState</c> of <see cref="CustomStates"/>).</summary>
/// <param name="Id">Its number, 1 and above.</param>
/// <param name="Availability">How available who chooses it is: <see cref="Online"/>, <see cref="Busy"/>, <see cref="DoNotDisturb"/>, or a word that clients do not know.</param>
public sealed record CustomState(uint Id, string Availability) : DocumentPart
{
    /// <summary>Available.</summary>
    public const string Online = "online";

    /// <summary>Busy.</summary>
    public const string Busy = "busy";

    /// <summary>Not to be disturbed.</summary>
    public const string DoNotDisturb = "do-not-disturb";

    /// <summary>The words, by language.</summary>
    public ValueList<CustomActivity> Activities { get; init; } = [];

    /// <summary>The number and the availability; never the words.</summary>
    public override string ToString() => $"customState {Id} {Availability}";

    internal static CustomState Read(DocumentElement element, DocumentScope scope) =>
        new(PresenceText.RequireNumber(scope, element, "ID"), scope.RequireAttribute(element, "availability").Trim())
        {
            Activities = ValueList.From(element.ChildrenNamed("activity").Select(activity => new CustomActivity(DocumentScope.Number(activity.Attribute("LCID")), activity.Text.Trim()))),
            Extensions = ElementBuilder.Unknown(element, "activity"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "ID", "availability"),
        };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.CustomStates, "customState")
        .Attribute("ID", ElementBuilder.Text(Id))
        .Attribute("availability", Availability)
        .Children(Activities.Select(activity => new ElementBuilder(Namespaces.CustomStates, "activity").Attribute("LCID", ElementBuilder.Text(activity.Lcid)).Text(activity.Text).Build()))
        .Extensions(this)
        .Build();
}
