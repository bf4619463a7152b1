using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What a conference is, apart from who is in it: what <c>addConference</c> made of it ([MS-CONFPRO] §2.2.1.2).</summary>
internal sealed record ConferenceProfile
{
    /// <summary>The focus URI. Clients compare it as a whole string, so it is echoed as it was first given.</summary>
    public required ConferenceUri Focus { get; init; }

    /// <summary>The organizer's address of record.</summary>
    public required string Organizer { get; init; }

    public required string OrganizerName { get; init; }

    public string Subject { get; init; } = "";

    public string? DisplayText { get; init; }

    /// <summary>One of <see cref="AdmissionPolicies"/>.</summary>
    public string AdmissionPolicy { get; init; } = AdmissionPolicies.OpenAuthenticated;

    /// <summary>When it may be deleted; null for one that stays.</summary>
    public DateTimeOffset? ExpiryTime { get; init; }

    public required DateTimeOffset LastUpdate { get; init; }

    /// <summary>The users who were listed beforehand, by address of record, with their roles.</summary>
    public IReadOnlyDictionary<string, string> ListedRoles { get; init; } = new Dictionary<string, string>();

    public bool HasExpired(DateTimeOffset now) => ExpiryTime is { } end && end <= now;
}
