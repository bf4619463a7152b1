namespace UcSdk;

/// <summary>Where a contact's account is; the numbers are those of the Lync SDK.</summary>
public enum SourceNetworkType
{
    /// <summary>It is not known.</summary>
    Unknown = 0,

    /// <summary>In the user's own organisation.</summary>
    Enterprise = 1,

    /// <summary>At an organisation that is federated with it.</summary>
    FederatedEnterprise = 2,

    /// <summary>At a public provider.</summary>
    FederatedPublic = 3,
}
