using UcSdk.Documents;

namespace UcSdk;

/// <summary>The settings of a client at one moment.</summary>
/// <param name="Groups">The groups as the server sent them, unknown ones included.</param>
/// <param name="DialPlan">The rules by which numbers are dialled.</param>
public sealed record ClientSettingsSnapshot(ProvisioningNotification Groups, DialPlan DialPlan)
{
    /// <summary>The name under which <see cref="ClientSettingsChange.Groups"/> lists the dial plan, which is no group.</summary>
    public const string DialPlanName = "dialPlan";

    internal static readonly ClientSettingsSnapshot Empty = new(new ProvisioningNotification([]), DialPlan.None);

    /// <summary>Where the services of the user's server are, and how media is to be sent; nothing set where the server sent no such group.</summary>
    public ServerConfiguration ServerConfiguration { get; } = Groups.ServerConfiguration ?? new();

    /// <summary>What the user may do with calls; nothing set where the server sent no such group.</summary>
    public UcPolicy VoicePolicy { get; } = Groups.UcPolicy ?? new();

    /// <summary>What the user's meetings may have; nothing set where the server sent no such group.</summary>
    public MeetingPolicy MeetingPolicy { get; } = Groups.MeetingPolicy ?? new();

    /// <summary>How the client is to behave; nothing set where the server sent no such group.</summary>
    public EndpointConfiguration EndpointConfiguration { get; } = Groups.EndpointConfiguration ?? new();

    /// <summary>Settings of the user; nothing set where the server sent no such group.</summary>
    public UserSettings UserSettings { get; } = Groups.UserSettings ?? new();

    /// <summary>Where persistent chat is; nothing set where the server sent no such group.</summary>
    public PersistentChatConfiguration PersistentChat { get; } = Groups.PersistentChatConfiguration ?? new();

    internal IReadOnlyList<string> DifferencesFrom(ClientSettingsSnapshot other)
    {
        var changed = Groups.Groups.Concat(other.Groups.Groups)
            .Select(group => group.Name)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => Groups.Group(name) != other.Groups.Group(name))
            .ToList();
        if (DialPlan.Profile != other.DialPlan.Profile)
        {
            changed.Add(DialPlanName);
        }

        return changed;
    }
}
