namespace UcSdk.Documents;

/// <summary>The attributes by which the directory can be searched ([MS-PRES] §2.2.1): names of Active Directory.</summary>
public static class DirectoryAttributes
{
    /// <summary>The first name.</summary>
    public const string GivenName = "givenName";

    /// <summary>The last name.</summary>
    public const string Surname = "sn";

    /// <summary>The whole name, as people see it.</summary>
    public const string DisplayName = "displayName";

    /// <summary>The e-mail address.</summary>
    public const string Mail = "mail";

    /// <summary>The company.</summary>
    public const string Company = "company";

    /// <summary>The country, two letters.</summary>
    public const string Country = "c";

    /// <summary>The SIP address, with <c>sip:</c>.</summary>
    public const string SipAddress = "msRTCSIP-PrimaryUserAddress";

    /// <summary>The position in the company.</summary>
    public const string Title = "title";

    /// <summary>The telephone at work.</summary>
    public const string Phone = "telephoneNumber";

    /// <summary>The telephone at home.</summary>
    public const string HomePhone = "homePhone";

    /// <summary>The mobile telephone.</summary>
    public const string MobilePhone = "mobile";

    /// <summary>Another telephone.</summary>
    public const string OtherPhone = "otherTelephone";

    /// <summary>The department.</summary>
    public const string Department = "department";

    /// <summary>The room.</summary>
    public const string Office = "physicalDeliveryOfficeName";

    /// <summary>The town.</summary>
    public const string City = "l";

    /// <summary>The state or province.</summary>
    public const string State = "st";

    /// <summary>The path of the photo under the address book's URL; of the web query only.</summary>
    public const string PhotoPath = "photoRelPath";

    /// <summary>The size of the photo in bytes; of the web query only.</summary>
    public const string PhotoSize = "photoSize";

    /// <summary>The hash of the photo; of the web query only.</summary>
    public const string PhotoHash = "photoHash";

    /// <summary>The country's name; of the web query only.</summary>
    public const string CountryName = "country";

    /// <summary>The mail system's short name; of the web query only.</summary>
    public const string MailNickname = "mailNickname";

    /// <summary>What an entry is for, in words; of the web query only.</summary>
    public const string Description = "description";

    /// <summary>The kind of a group, taken for the mark of one; of the web query only. Unverified: from memory of [MS-ABS].</summary>
    public const string GroupType = "groupType";
}
