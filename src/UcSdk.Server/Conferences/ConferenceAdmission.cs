using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>Who may come into a conference, and as what: its organizer, whom a presenter has added, and where it is open everybody of the domain ([MS-CONFBAS] §3.3).</summary>
internal sealed class ConferenceAdmission(ConferenceProfile profile, ConferenceLimits limits)
{
    private readonly Dictionary<string, string> _listed = new(profile.ListedRoles, StringComparer.OrdinalIgnoreCase);

    public bool IsOrganizer(string user) => user.Equals(profile.Organizer, StringComparison.OrdinalIgnoreCase);

    public bool Permits(string user) =>
        profile.AdmissionPolicy == AdmissionPolicies.OpenAuthenticated || IsOrganizer(user) || _listed.ContainsKey(user);

    /// <summary>The role that the user gets when coming in.</summary>
    public string RoleOf(string user) =>
        IsOrganizer(user) ? ConferenceRoles.Presenter : _listed.GetValueOrDefault(user, ConferenceRoles.Attendee);

    /// <summary>Lets a user in beforehand, with a role; false past the limit.</summary>
    public bool TryList(string user, string role)
    {
        if (_listed.Count >= limits.MaxListedUsers && !_listed.ContainsKey(user))
        {
            return false;
        }

        _listed[user] = role;
        return true;
    }
}
