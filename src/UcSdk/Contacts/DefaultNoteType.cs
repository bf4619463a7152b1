namespace UcSdk;

/// <summary>Which of the notes is shown; the numbers are those of the Lync SDK.</summary>
public enum DefaultNoteType
{
    /// <summary>None is known.</summary>
    Unknown = 0,

    /// <summary>The personal note.</summary>
    Personal = 1,

    /// <summary>The out-of-office note.</summary>
    OutOfOffice = 2,
}
