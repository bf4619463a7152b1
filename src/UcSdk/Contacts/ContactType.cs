namespace UcSdk;

/// <summary>What kind of contact it is; the numbers are those of the Lync SDK.</summary>
public enum ContactType
{
    /// <summary>It is not known.</summary>
    Unknown = 0,

    /// <summary>A person.</summary>
    Person = 1,

    /// <summary>A hunt group.</summary>
    Huntgroup = 2,

    /// <summary>An auto attendant.</summary>
    AutoAttendant = 3,

    /// <summary>A program.</summary>
    AutomatedBot = 4,
}
