namespace UcSdk.Documents;

/// <summary>What the calendar says of one slot of time ([MS-PRES] §2.2.2.7, <c>freeBusy</c>), as the two bits on the wire.</summary>
public enum FreeBusyStatus
{
    /// <summary>Nothing; 00.</summary>
    Free = 0,

    /// <summary>Something that is not certain; 01.</summary>
    Tentative = 1,

    /// <summary>Something; 10.</summary>
    Busy = 2,

    /// <summary>Out of office; 11.</summary>
    OutOfOffice = 3,
}
