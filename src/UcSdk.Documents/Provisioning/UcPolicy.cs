namespace UcSdk.Documents;

/// <summary>What the user may do with calls, the group ucPolicy ([MS-SIPREGE] §2.2.2.5.3). What is null was not said; clients take that for allowed.</summary>
public sealed record UcPolicy
{
    /// <summary>Whether other phones may ring at the same time ([MS-SIPRE] §3.9.5.1.2).</summary>
    public bool? AllowSimultaneousRinging { get; init; }

    /// <summary>Whether calls may be forwarded to a number or a contact; without it only to voice mail.</summary>
    public bool? AllowCallForwarding { get; init; }

    /// <summary>Whether calls may ring a team.</summary>
    public bool? EnableTeamCall { get; init; }

    /// <summary>Whether delegates may take and make calls for the user.</summary>
    public bool? EnableDelegation { get; init; }

    /// <summary>Whether calls may be transferred.</summary>
    public bool? EnableCallTransfer { get; init; }

    /// <summary>Whether calls may be parked.</summary>
    public bool? EnableCallPark { get; init; }

    /// <summary>Whether malicious calls may be reported.</summary>
    public bool? EnableMaliciousCallTrace { get; init; }

    /// <summary>Whether the user's calls are free of the limits on bandwidth.</summary>
    public bool? EnableBandwidthPolicyOverride { get; init; }

    /// <summary>Settings that this type does not know, by name.</summary>
    public ValueList<KeyValuePair<string, string>> OtherSettings { get; init; } = [];

    /// <summary>Reads the settings out of a group.</summary>
    public static UcPolicy Of(ProvisioningGroup group)
    {
        var settings = new SettingsReader(group);
        var known = new UcPolicy
        {
            AllowSimultaneousRinging = settings.TakeBoolean("AllowSimultaneousRinging"),
            AllowCallForwarding = settings.TakeBoolean("AllowCallForwarding"),
            EnableTeamCall = settings.TakeBoolean("EnableTeamCall"),
            EnableDelegation = settings.TakeBoolean("EnableDelegation"),
            EnableCallTransfer = settings.TakeBoolean("EnableCallTransfer"),
            EnableCallPark = settings.TakeBoolean("EnableCallPark"),
            EnableMaliciousCallTrace = settings.TakeBoolean("EnableMaliciousCallTrace"),
            EnableBandwidthPolicyOverride = settings.TakeBoolean("EnableBWPolicyOverride"),
        };
        return known with { OtherSettings = settings.Left };
    }

    /// <summary>The group as a server writes it.</summary>
    public ProvisioningGroup ToGroup() => new SettingsWriter()
        .Add("AllowSimultaneousRinging", AllowSimultaneousRinging)
        .Add("AllowCallForwarding", AllowCallForwarding)
        .Add("EnableTeamCall", EnableTeamCall)
        .Add("EnableDelegation", EnableDelegation)
        .Add("EnableCallTransfer", EnableCallTransfer)
        .Add("EnableCallPark", EnableCallPark)
        .Add("EnableMaliciousCallTrace", EnableMaliciousCallTrace)
        .Add("EnableBWPolicyOverride", EnableBandwidthPolicyOverride)
        .AddAll(OtherSettings)
        .AsInstance(ProvisioningGroupNames.UcPolicy);
}
