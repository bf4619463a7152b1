namespace UcSdk;

/// <summary>
/// What somebody may see of the user; the numbers are the containers of [MS-PRES] §1.3. Who is named for none gets the level of his domain, of his kind (same enterprise,
/// federated, public), or <see cref="Default"/>.
/// </summary>
public enum AccessLevel
{
    /// <summary>No level of one's own: what the kind of person gets. To see, the least.</summary>
    Default = 0,

    /// <summary>Name, title, e-mail, company, picture.</summary>
    External = 100,

    /// <summary>All but meeting details and private phones.</summary>
    Colleague = 200,

    /// <summary>All but home and other phones; may interrupt while the user is not to be disturbed.</summary>
    Workgroup = 300,

    /// <summary>All but meeting details.</summary>
    Friends = 400,

    /// <summary>Name and e-mail; cannot reach the user.</summary>
    Blocked = 32000,
}
