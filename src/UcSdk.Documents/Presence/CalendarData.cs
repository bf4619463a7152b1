namespace UcSdk.Documents;

/// <summary>When a user is free and when it works: the content of the category calendarData ([MS-PRES] §2.2.2.7, element <c>calendarData</c>).</summary>
public sealed record CalendarData : DocumentPart
{
    /// <summary>The mailbox, an e-mail address; null when not said.</summary>
    public string? MailboxId { get; init; }

    /// <summary>When it works; null when not said.</summary>
    public WorkingHours? WorkingHours { get; init; }

    /// <summary>When it is free; null when not said.</summary>
    public FreeBusy? FreeBusy { get; init; }

    /// <summary>Reads the content of a category.</summary>
    /// <returns>The data; null when the content is none or is something else.</returns>
    public static CalendarData? Of(DocumentElement? content)
    {
        if (content?.Name != "calendarData")
        {
            return null;
        }

        var freeBusy = FreeBusy.Read(content.Child("freeBusy"));
        return new CalendarData
        {
            MailboxId = content.Attribute("mailboxID"),
            WorkingHours = WorkingHours.Read(content.Child("WorkingHours")),
            FreeBusy = freeBusy,
            Extensions = ElementBuilder.Unknown(content, "WorkingHours", PresenceText.If(freeBusy is not null, "freeBusy")),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(content, "mailboxID"),
        };
    }

    /// <summary>The data as the content of a category.</summary>
    public DocumentElement ToElement() => new ElementBuilder(Namespaces.CalendarData, "calendarData")
        .Attribute("mailboxID", MailboxId)
        .Child(WorkingHours?.Write())
        .Child(FreeBusy?.Write())
        .Extensions(this)
        .Build();

    /// <summary>What there is; never whose.</summary>
    public override string ToString() => $"calendarData {WorkingHours} {FreeBusy}";
}
