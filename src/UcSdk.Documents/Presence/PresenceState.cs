namespace UcSdk.Documents;

/// <summary>Availability and activity: the content of the category state ([MS-PRES] §2.2.2.7, element <c>state</c>).</summary>
/// <param name="Type">Who says so, of <see cref="PresenceStateTypes"/>; empty when not said.</param>
public sealed record PresenceState(string Type) : DocumentPart
{
    /// <summary>Whether a person chose it; null when not said.</summary>
    public bool? Manual { get; init; }

    /// <summary>How available, on the scale of <see cref="PresenceAvailabilities"/>; null when not said.</summary>
    public uint? Availability { get; init; }

    /// <summary>Doing what; null when not said.</summary>
    public PresenceActivity? Activity { get; init; }

    /// <summary>Where the endpoint is, e.g. <c>office</c>, <c>home</c>, or free text; null when not said.</summary>
    public string? EndpointLocation { get; init; }

    /// <summary>About what the meeting is; null when not said.</summary>
    public string? MeetingSubject { get; init; }

    /// <summary>Where the meeting is; null when not said.</summary>
    public string? MeetingLocation { get; init; }

    /// <summary>Minutes to add to the local time to get UTC; null when not said.</summary>
    public int? TimeZoneBias { get; init; }

    /// <summary>The name of the time zone; null when not said.</summary>
    public string? TimeZoneName { get; init; }

    /// <summary>The short name of the time zone; null when not said.</summary>
    public string? TimeZoneAbbreviation { get; init; }

    /// <summary>The kind of device, e.g. <c>computer</c>, <c>Mobile</c>; null when not said.</summary>
    public string? Device { get; init; }

    /// <summary>When the user was last seen active; null when not said.</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>Since when; null when not said.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Until when; null when not said.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The mailbox of a calendar's state; null when not said.</summary>
    public string? Uri { get; init; }

    /// <summary>The most active endpoint, for <see cref="PresenceStateTypes.AggregateMachine"/>; null when not said.</summary>
    public string? EndpointId { get; init; }

    /// <summary>Reads the content of a category.</summary>
    /// <returns>The state; null when the content is none or is something else.</returns>
    public static PresenceState? Of(DocumentElement? content)
    {
        if (content?.Name != "state")
        {
            return null;
        }

        var lastActive = DocumentScope.Moment(content.Attribute("lastActive"));
        var startTime = DocumentScope.Moment(content.Attribute("startTime"));
        var endTime = DocumentScope.Moment(content.Attribute("endTime"));
        return new PresenceState(PresenceText.WithoutPrefix(content.Attribute("type")))
        {
            Manual = DocumentScope.Boolean(content.Attribute("manual")),
            Availability = DocumentScope.Number(content.ChildText("availability")),
            Activity = PresenceActivity.Of(content.Child("activity")),
            EndpointLocation = content.ChildText("endpointLocation"),
            MeetingSubject = content.ChildText("meetingSubject"),
            MeetingLocation = content.ChildText("meetingLocation"),
            TimeZoneBias = PresenceText.SignedNumber(content.ChildText("timeZoneBias")),
            TimeZoneName = content.ChildText("timeZoneName"),
            TimeZoneAbbreviation = content.ChildText("timeZoneAbbreviation"),
            Device = content.ChildText("device"),
            LastActive = lastActive,
            StartTime = startTime,
            EndTime = endTime,
            Uri = content.Attribute("uri"),
            EndpointId = content.Attribute("endpointId"),
            Extensions = ElementBuilder.Unknown(
                content,
                "availability", "activity", "endpointLocation", "meetingSubject", "meetingLocation", "timeZoneBias", "timeZoneName", "timeZoneAbbreviation", "device"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(
                content,
                "type",
                "manual",
                PresenceText.If(lastActive is not null, "lastActive"),
                PresenceText.If(startTime is not null, "startTime"),
                PresenceText.If(endTime is not null, "endTime"),
                "uri",
                "endpointId"),
        };
    }

    /// <summary>The state as the content of a category.</summary>
    public DocumentElement ToElement() => new ElementBuilder(Namespaces.PresenceState, "state")
        .Attribute("type", Type.Length == 0 ? null : Type, Namespaces.SchemaInstance)
        .Attribute("manual", ElementBuilder.Text(Manual))
        .Attribute("lastActive", PresenceText.Text(LastActive))
        .Attribute("startTime", PresenceText.Text(StartTime))
        .Attribute("endTime", PresenceText.Text(EndTime))
        .Attribute("uri", Uri)
        .Attribute("endpointId", EndpointId)
        .Leaf("availability", Availability)
        .Child(Activity?.ToElement())
        .Leaf("endpointLocation", EndpointLocation)
        .Leaf("meetingSubject", MeetingSubject)
        .Leaf("meetingLocation", MeetingLocation)
        .Leaf("timeZoneBias", PresenceText.Text(TimeZoneBias))
        .Leaf("timeZoneName", TimeZoneName)
        .Leaf("timeZoneAbbreviation", TimeZoneAbbreviation)
        .Leaf("device", Device)
        .Extensions(this)
        .Build();

    /// <summary>The type and the availability; never what the user wrote.</summary>
    public override string ToString() => $"state {Type} {Availability}";
}
