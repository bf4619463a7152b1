namespace UcSdk.Documents;

/// <summary>What a user does ([MS-PRES] §2.2.2.7, element <c>activity</c>): a token, words of its own, or both.</summary>
public sealed record PresenceActivity : DocumentPart
{
    /// <summary>The activity, of <see cref="PresenceActivityTokens"/>; null when there are only words.</summary>
    public string? Token { get; init; }

    /// <summary>The least availability with which the activity is shown; null for 0.</summary>
    public uint? MinAvailability { get; init; }

    /// <summary>The highest availability with which the activity is shown; null for any.</summary>
    public uint? MaxAvailability { get; init; }

    /// <summary>The activity in the user's words, in one language or several.</summary>
    public ValueList<CustomActivity> Custom { get; init; } = [];

    /// <summary>Whether the activity is shown with the availability.</summary>
    public bool AppliesTo(uint availability) => availability >= (MinAvailability ?? 0) && availability <= (MaxAvailability ?? uint.MaxValue);

    /// <summary>The token; never the words.</summary>
    public override string ToString() => $"activity {Token}";

    internal static PresenceActivity? Of(DocumentElement? element) => element is null ? null : new PresenceActivity
    {
        Token = element.Attribute("token")?.Trim(),
        MinAvailability = DocumentScope.Number(element.Attribute("minAvailability")),
        MaxAvailability = DocumentScope.Number(element.Attribute("maxAvailability")),
        Custom = ValueList.From(element.ChildrenNamed("custom").Select(custom => new CustomActivity(DocumentScope.Number(custom.Attribute("LCID")), custom.Text.Trim()))),
        Extensions = ElementBuilder.Unknown(element, "custom"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "token", "minAvailability", "maxAvailability"),
    };

    internal DocumentElement ToElement() => new ElementBuilder(Namespaces.PresenceState, "activity")
        .Attribute("token", Token)
        .Attribute("minAvailability", ElementBuilder.Text(MinAvailability))
        .Attribute("maxAvailability", ElementBuilder.Text(MaxAvailability))
        .Children(Custom.Select(custom => new ElementBuilder(Namespaces.PresenceState, "custom").Attribute("LCID", ElementBuilder.Text(custom.Lcid)).Text(custom.Text).Build()))
        .Extensions(this)
        .Build();
}
