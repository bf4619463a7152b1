namespace UcSdk.Documents;

/// <summary>Who may join a conference ([MS-CONFPRO] §2.2.1.2, element <c>admission-policy</c>).</summary>
public static class AdmissionPolicies
{
    /// <summary>Only users whom the conference lists.</summary>
    public const string ClosedAuthenticated = "closedAuthenticated";

    /// <summary>Every authenticated user of the organization or of a federated one.</summary>
    public const string OpenAuthenticated = "openAuthenticated";

    /// <summary>Everybody who has the conference's key.</summary>
    public const string Anonymous = "anonymous";
}
