using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// The conference-info documents of a focus ([MS-CONFBAS] §2.2.2.2, RFC 4575 §5), with what clients are known to read: users
/// always whole, every part with its state.
/// </summary>
internal static class RosterDocuments
{
    // What is announced is what is served: a client that sees the address of a chat part calls it at once.
    private static readonly string[] AnnouncedParts = [ConferenceEntityTypes.Chat, ConferenceEntityTypes.AudioVideo, ConferenceEntityTypes.Focus];

    /// <summary>The conference as it is now; what of it is sent to whom is decided for each subscription.</summary>
    public static ConferenceInfo Snapshot(ConferenceProfile profile, IReadOnlyList<RosterUser> users, int maxUsers) => new(profile.Focus.Text)
    {
        Description = Describe(profile, maxUsers),
        ConferenceState = new ConferenceState { UserCount = (uint)users.Count, Active = users.Count > 0, Locked = false },
        Users = new ConferenceUsers { Users = ValueList.From(users.Select(user => user.Document)) },
        View = View(profile),
    };

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

    private static ConferenceView View(ConferenceProfile profile) => new()
    {
        Entities =
        [
            new(profile.Focus.Text) { EntityState = new ConferenceEntityState { Locked = false } },
            Part(profile, ConferenceEntityTypes.Chat, "chat"),
            Part(profile, ConferenceEntityTypes.AudioVideo, "audio"),
        ],
    };

    private static ConferenceEntityView Part(ConferenceProfile profile, string part, string media) => new(profile.Focus.For(part).Text)
    {
        EntityState = new ConferenceEntityState { DisplayText = part, Locked = false, MediaTypes = [media] },
    };
}
