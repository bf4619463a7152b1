namespace UcSdk;

/// <summary>What a search looks at; the numbers are those of the Lync SDK.</summary>
[Flags]
public enum SearchFields
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The first name.</summary>
    FirstName = 1,

    /// <summary>The last name.</summary>
    LastName = 2,

    /// <summary>The name for people.</summary>
    DisplayName = 4,

    /// <summary>The company.</summary>
    Company = 8,

    /// <summary>The first e-mail address.</summary>
    PrimaryEmailAddress = 16,

    /// <summary>The e-mail addresses.</summary>
    EmailAddresses = 32,

    /// <summary>The SIP address.</summary>
    Alias = 64,

    /// <summary>The telephone numbers.</summary>
    PhoneNumbers = 128,

    /// <summary>The extensions; directories do not know them by themselves.</summary>
    PhoneExtention = 256,

    /// <summary>All of them.</summary>
    AllFields = -1,
}
