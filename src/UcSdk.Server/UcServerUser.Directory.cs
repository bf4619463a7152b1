namespace UcSdk.Server;

/// <content>What the directory says about a user: it is found by it, and others see it on the contact card. Nothing of it is checked; null, the default of each, for unknown.</content>
public sealed partial record UcServerUser
{
    /// <summary>The first name.</summary>
    public string? GivenName { get; init; }

    /// <summary>The last name.</summary>
    public string? Surname { get; init; }

    /// <summary>The position, e.g. <c>Sales Manager</c>.</summary>
    public string? Title { get; init; }

    /// <summary>The company.</summary>
    public string? Company { get; init; }

    /// <summary>The department.</summary>
    public string? Department { get; init; }

    /// <summary>The room, e.g. <c>36/2115</c>.</summary>
    public string? Office { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The telephone at work, as <c>tel:</c> URI or as people write it.</summary>
    public string? WorkPhone { get; init; }

    /// <summary>The mobile telephone.</summary>
    public string? MobilePhone { get; init; }

    /// <summary>The telephone at home.</summary>
    public string? HomePhone { get; init; }

    /// <summary>Another telephone.</summary>
    public string? OtherPhone { get; init; }

    /// <summary>The <see cref="Name"/> of the user whom this one reports to; there need not be such a user.</summary>
    public string? Manager { get; init; }

    /// <summary>Street and number of the place of work.</summary>
    public string? Street { get; init; }

    /// <summary>The town of the place of work.</summary>
    public string? City { get; init; }

    /// <summary>The state or province of the place of work.</summary>
    public string? State { get; init; }

    /// <summary>The postal code of the place of work.</summary>
    public string? PostalCode { get; init; }

    /// <summary>The country of the place of work, two letters.</summary>
    public string? Country { get; init; }

    /// <summary>The user's page in the web.</summary>
    public string? WebSite { get; init; }

    /// <summary>Where clients get the user's photo, an <c>http</c> or <c>https</c> URL; the server itself serves none.</summary>
    public string? PhotoUri { get; init; }

    /// <summary>The hash by which clients see that the photo is another one; any text.</summary>
    public string? PhotoHash { get; init; }
}
