namespace UcSdk;

/// <summary>What a user keeps with a contact (<see cref="Contact.Settings"/>); the numbers are those of the Lync SDK.</summary>
public enum ContactSetting
{
    /// <summary>Whether the user has tagged it, to be told of its changes (<see cref="bool"/>).</summary>
    Tagged = 0,

    /// <summary>What it sees of the user (<see cref="UcSdk.AccessLevel"/>).</summary>
    AccessLevel = 1,

    /// <summary>The number of the contact in the user's mailbox (<see cref="string"/>, attribute <c>contactId</c> of its <c>contactSettings</c>); only read.</summary>
    ExchangeServiceEntryId = 2,

    /// <summary>Never there: no message carries where the client has found the contact.</summary>
    Source = 3,

    /// <summary>Never there: no message carries at which address the user prefers to call it.</summary>
    DefaultContactEndpoint = 4,
}
