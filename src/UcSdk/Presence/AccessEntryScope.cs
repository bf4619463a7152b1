namespace UcSdk;

/// <summary>Whom an access level is given to; the more particular scope counts.</summary>
public enum AccessEntryScope
{
    /// <summary>One person.</summary>
    User = 0,

    /// <summary>All of a domain.</summary>
    Domain = 1,

    /// <summary>All of the same organisation.</summary>
    Enterprise = 2,

    /// <summary>All of federated organisations.</summary>
    Federated = 3,

    /// <summary>All of public providers.</summary>
    Public = 4,

    /// <summary>Everybody.</summary>
    Everyone = 5,
}
