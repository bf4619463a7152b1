namespace UcSdk.Documents;

/// <summary>Why a registrar ended a registration ([MS-SIPREGE] §2.2.1.13).</summary>
public static class RegistrationEvents
{
    /// <summary>Too many endpoints, or the user signed in elsewhere.</summary>
    public const string Unregistered = "unregistered";

    /// <summary>The administrator disabled the user.</summary>
    public const string Rejected = "rejected";

    /// <summary>The user moved to another home server.</summary>
    public const string Deactivated = "deactivated";

    /// <summary>The user's registrar changed; the header P-Preferred-Registrar names it.</summary>
    public const string PreferredRegistrarChange = "preferred-registrar-change";
}
