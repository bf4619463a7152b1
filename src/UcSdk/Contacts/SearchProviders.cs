namespace UcSdk;

/// <summary>Where people are searched; the numbers are those of the Lync SDK.</summary>
[Flags]
public enum SearchProviders
{
    /// <summary>The user's contact list and the server's directory.</summary>
    Default = 0,

    /// <summary>Exchange; there is none here, so nothing is found.</summary>
    ExchangeService = 1,

    /// <summary>The server's directory ([MS-PRES] §2.2.1).</summary>
    GlobalAddressList = 2,

    /// <summary>The address book of Windows; there is none here, so nothing is found.</summary>
    WindowsAddressBook = 4,

    /// <summary>The user's contact list.</summary>
    OtherContacts = 8,

    /// <summary>Exchange and the address book of Windows.</summary>
    PersonalContacts = ExchangeService | WindowsAddressBook,

    /// <summary>All of them.</summary>
    Expert = 65535,
}
