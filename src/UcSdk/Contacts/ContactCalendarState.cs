namespace UcSdk;

/// <summary>What somebody's calendar says of a moment; the numbers are those of the Lync SDK.</summary>
public enum ContactCalendarState
{
    /// <summary>Nothing.</summary>
    Available = 0,

    /// <summary>Something that is not certain.</summary>
    Tentative = 1,

    /// <summary>The moment is outside of the working hours.</summary>
    OutsideWorkPeriod = 2,

    /// <summary>Something.</summary>
    Busy = 3,

    /// <summary>Out of office.</summary>
    OutOfOffice = 4,

    /// <summary>The calendar cannot be seen.</summary>
    NotAvailable = 5,

    /// <summary>It is not known.</summary>
    Unknown = 6,

    /// <summary>Working elsewhere; the calendar on the wire does not tell it from <see cref="Available"/>.</summary>
    WorkingElsewhere = 7,
}
