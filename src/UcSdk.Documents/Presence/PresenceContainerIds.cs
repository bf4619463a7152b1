namespace UcSdk.Documents;

/// <summary>The containers that servers and clients agree on ([MS-PRES] §1.3): what a watcher sees is what is in the container it is a member of.</summary>
public static class PresenceContainerIds
{
    /// <summary>For the server and the user alone: settings.</summary>
    public const uint Settings = 0;

    /// <summary>For the user alone.</summary>
    public const uint Self = 1;

    /// <summary>What the server makes the state of <see cref="External"/>, <see cref="Company"/> and <see cref="Personal"/> from.</summary>
    public const uint Aggregation = 2;

    /// <summary>What the server makes the state of <see cref="Team"/> from.</summary>
    public const uint TeamAggregation = 3;

    /// <summary>External contacts, formerly public.</summary>
    public const uint External = 100;

    /// <summary>Colleagues, formerly company.</summary>
    public const uint Company = 200;

    /// <summary>Workgroup, formerly team.</summary>
    public const uint Team = 300;

    /// <summary>Friends and family, formerly personal.</summary>
    public const uint Personal = 400;

    /// <summary>Blocked contacts.</summary>
    public const uint Blocked = 32000;
}
