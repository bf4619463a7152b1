namespace UcSdk;

/// <summary>The notes of a contact that are shown: of each kind the newest.</summary>
internal sealed record ContactNotes(string? Personal, DateTimeOffset? PersonalTime, string? OutOfOffice, DateTimeOffset? OutOfOfficeTime)
{
    // Without times the out-of-office note is the more urgent news.
    private bool IsOutOfOfficeNewer => OutOfOffice is not null && (Personal is null || (OutOfOfficeTime ?? DateTimeOffset.MaxValue) >= (PersonalTime ?? DateTimeOffset.MinValue));

    public string? Default => IsOutOfOfficeNewer ? OutOfOffice : Personal;

    public DefaultNoteType DefaultType => IsOutOfOfficeNewer ? DefaultNoteType.OutOfOffice : Personal is null ? DefaultNoteType.Unknown : DefaultNoteType.Personal;

    public DateTimeOffset? DefaultTime => IsOutOfOfficeNewer ? OutOfOfficeTime : PersonalTime;

    public bool Equals(ContactNotes? other) => other is not null && Personal == other.Personal && OutOfOffice == other.OutOfOffice && DefaultTime == other.DefaultTime && DefaultType == other.DefaultType;

    public override int GetHashCode() => HashCode.Combine(Personal, OutOfOffice);
}
