namespace UcSdk;

/// <summary>The kinds of addresses at which a contact can be called; the numbers are those of the Lync SDK.</summary>
public enum ContactEndpointType
{
    /// <summary>The telephone at work.</summary>
    WorkPhone = 0,

    /// <summary>The mobile telephone.</summary>
    MobilePhone = 1,

    /// <summary>The telephone at home.</summary>
    HomePhone = 2,

    /// <summary>Another telephone.</summary>
    OtherPhone = 3,

    /// <summary>The SIP address.</summary>
    Lync = 4,

    /// <summary>The voice mail.</summary>
    VoiceMail = 5,
}
