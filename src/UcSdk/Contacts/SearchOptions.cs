namespace UcSdk;

/// <summary>How a search compares, and what it finds; the numbers are those of the Lync SDK.</summary>
[Flags]
public enum SearchOptions
{
    /// <summary>What begins with the text is found, people and groups.</summary>
    Default = 0,

    /// <summary>Only where a whole word is the text.</summary>
    MatchWholeWord = 1,

    /// <summary>No groups.</summary>
    ContactsOnly = 2,

    /// <summary>Also people who have neither a SIP address nor a telephone; the server's directory has none.</summary>
    IncludeContactsWithoutSipOrTelUri = 4,
}
