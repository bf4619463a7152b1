using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// The conference-info documents of a focus ([MS-CONFBAS] §2.2.2.2, RFC 4575 §5), with what clients are known to read: users
/// always whole, every part with its state.
/// </summary>
internal static class RosterDocuments
{
    // What is announced is what is served: a client that sees the address of a chat part calls it at once.
    private static readonly string[] AnnouncedParts = [ConferenceEntityTypes.AudioVideo, ConferenceEntityTypes.Focus];

    public static ConferenceInfo Full(ConferenceProfile profile, IReadOnlyList<RosterUser> users, bool isActive, int maxUsers, uint version) =>
        new(profile.Focus.Text)
        {
            Version = version,
            Description = Describe(profile, maxUsers),
            ConferenceState = State(users.Count, isActive),
            Users = new ConferenceUsers { Users = ValueList.From(users.Select(user => user.ToDocument())) },
            View = View(profile),
        };

    public static ConferenceInfo Change(ConferenceProfile profile, IEnumerable<ConferenceUser> changed, int userCount, bool isActive, uint version) =>
        new(profile.Focus.Text)
        {
            State = ElementState.Partial,
            Version = version,
            ConferenceState = State(userCount, isActive),
            Users = new ConferenceUsers { State = ElementState.Partial, Users = ValueList.From(changed) },
        };

    /// <summary>The conference is no more.</summary>
    public static ConferenceInfo Deleted(ConferenceProfile profile, uint version) =>
        new(profile.Focus.Text) { State = ElementState.Deleted, Version = version };

    /// <summary>What a factory answers: the conference without its participants ([MS-CONFPRO] §2.2.1.2).</summary>
    public static ConferenceInfo Summary(ConferenceProfile profile, int maxUsers, bool isActive) => new(profile.Focus.Text)
    {
        Description = Describe(profile, maxUsers) with { LastUpdate = profile.LastUpdate, IsActive = isActive },
    };

    private static ConferenceDescription Describe(ConferenceProfile profile, int maxUsers) => new()
    {
        DisplayText = profile.DisplayText,
        Subject = profile.Subject,
        ConferenceUris = new ConferenceUris
        {
            Entries = ValueList.From(AnnouncedParts.Select(part => ConferenceUriEntry.For(profile.Focus, part))),
        },
        MaximumUserCount = (uint)maxUsers,
        ConferenceId = profile.Focus.Id,
        AdmissionPolicy = profile.AdmissionPolicy,
        ExpiryTime = profile.ExpiryTime,
        Organizer = new ConferenceOrganizer { DisplayName = profile.OrganizerName, Uri = profile.Organizer },
        LobbyCapable = false,
    };

    private static ConferenceState State(int userCount, bool isActive) => new()
    {
        UserCount = (uint)userCount,
        Active = isActive,
        Locked = false,
    };

    private static ConferenceView View(ConferenceProfile profile) => new()
    {
        Entities =
        [
            new(profile.Focus.Text) { EntityState = new ConferenceEntityState { Locked = false } },
            Part(profile, ConferenceEntityTypes.AudioVideo, "audio"),
        ],
    };

    private static ConferenceEntityView Part(ConferenceProfile profile, string part, string media) => new(profile.Focus.For(part).Text)
    {
        EntityState = new ConferenceEntityState { DisplayText = part, Locked = false, MediaTypes = [media] },
    };
}
