namespace UcSdk.Documents;

/// <summary>What of itself a user can subscribe to ([MS-PRES] §2.2.2, attribute <c>roaming/@type</c>).</summary>
public static class RoamingSelfParts
{
    /// <summary>What the user has published, and what the server made of it.</summary>
    public const string Categories = "categories";

    /// <summary>The members of the containers.</summary>
    public const string Containers = "containers";

    /// <summary>Who watches the user.</summary>
    public const string Subscribers = "subscribers";

    /// <summary>Who may act for the user.</summary>
    public const string Delegates = "delegates";
}
