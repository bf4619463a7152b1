namespace UcSdk;

/// <summary>What an address of a person leads to.</summary>
public enum ContactEndpointType
{
    /// <summary>The phone at work.</summary>
    WorkPhone = 0,

    /// <summary>The mobile phone.</summary>
    MobilePhone = 1,

    /// <summary>The phone at home.</summary>
    HomePhone = 2,

    /// <summary>Another phone.</summary>
    OtherPhone = 3,

    /// <summary>The person's clients, by the SIP address.</summary>
    Lync = 4,

    /// <summary>The voice mail.</summary>
    VoiceMail = 5,
}
