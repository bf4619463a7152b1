namespace UcSdk.Documents;

/// <summary>What a member of a container can be ([MS-PRES] §2.2.2, attribute <c>member/@type</c>), the most particular first.</summary>
public static class ContainerMemberTypes
{
    /// <summary>One user; the value is its address without scheme.</summary>
    public const string User = "user";

    /// <summary>The users of a domain; the value is the domain.</summary>
    public const string Domain = "domain";

    /// <summary>The users of the same enterprise.</summary>
    public const string SameEnterprise = "sameEnterprise";

    /// <summary>The users of federated enterprises.</summary>
    public const string Federated = "federated";

    /// <summary>The users of public providers.</summary>
    public const string PublicCloud = "publicCloud";

    /// <summary>Everyone.</summary>
    public const string Everyone = "everyone";
}
