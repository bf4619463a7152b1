using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Makes and ends the conferences of an organizer ([MS-CONFPRO] §3.2). Sans-IO: C3P requests and the time in, C3P responses out. Each
/// organizer has a factory of its own by URI; all are this one.
/// </summary>
internal sealed class FocusFactory(ConferenceStore conferences, UserDirectory directory, ConferenceLimits limits, RandomSource random)
{
    private const int ProposedIdMinimum = 8;
    private const int ProposedIdMaximum = 32;
    private const string IdCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>Executes a command of the organizer.</summary>
    /// <param name="organizer">The organizer, who is also the sender.</param>
    /// <param name="request">The request; its envelope has been checked.</param>
    /// <param name="now">The wall clock, for expiry.</param>
    /// <param name="effects">What is to be done about a conference that ends.</param>
    public C3pOutcome Execute(UcServerUser organizer, C3pRequest request, DateTimeOffset now, List<FocusEffect> effects) => request.Command switch
    {
        // Anonymous users cannot sign in here, so a conference for them would be a promise that is not kept.
        AddConferenceCommand { Conference.Description.AdmissionPolicy: AdmissionPolicies.Anonymous } => C3pError.NotAuthorized,
        AddConferenceCommand command => Add(organizer, request, command.Conference, now),
        GetConferenceCommand command => TryFind(organizer, command.ConferenceUri, command.ConferenceId, out var found)
            ? request.Succeed(new GetConferenceResult(Summarize(found)))
            : request.Fail(C3pReasons.ConferenceDoesNotExist),
        DeleteConferenceCommand command => Delete(organizer, request, command, effects),
        GetConferencingCapabilitiesCommand => request.Succeed(new GetConferencingCapabilitiesResult { McuTypes = [ConferenceEntityTypes.Chat, ConferenceEntityTypes.AudioVideo] }),
        _ => request.Fail(C3pReasons.NotSupported),
    };

    private static bool IsAcceptableId(string id) =>
        id.Length is >= ProposedIdMinimum and <= ProposedIdMaximum && id.All(char.IsAsciiLetterOrDigit);

    // Conferences without a policy are open to the users of the server, as those that clients start on the spot are.
    private static bool IsAcceptablePolicy(string? policy) =>
        policy is null or AdmissionPolicies.OpenAuthenticated or AdmissionPolicies.ClosedAuthenticated;

    private C3pResponse Add(UcServerUser organizer, C3pRequest request, ConferenceInfo wanted, DateTimeOffset now)
    {
        var description = wanted.Description ?? new ConferenceDescription();
        var users = wanted.Users?.Users ?? [];
        if (description is { ConferenceId: { } id } && !IsAcceptableId(id)
            || !IsAcceptablePolicy(description.AdmissionPolicy)
            || description.ExpiryTime <= now
            || users.Any(user => ConferenceChecks.FindFault(user) is not null))
        {
            return request.Fail(C3pReasons.RequestMalformed);
        }

        var owner = directory.AddressOfRecord(organizer);
        if (conferences.CountOf(owner) >= limits.MaxConferencesPerOrganizer || users.Count > limits.MaxListedUsers)
        {
            return request.Fail(C3pReasons.PolicyViolation);
        }

        var uri = ConferenceUri.Focus(owner, description.ConferenceId ?? NewId(owner));
        if (conferences.TryGet(uri, out _))
        {
            return request.Fail(C3pReasons.ConferenceExistsAlready);
        }

        var focus = new Focus(
            new ConferenceProfile
            {
                Focus = uri,
                Organizer = owner,
                OrganizerName = organizer.DisplayName,
                Subject = description.Subject ?? "",
                DisplayText = description.DisplayText,
                AdmissionPolicy = description.AdmissionPolicy ?? AdmissionPolicies.OpenAuthenticated,
                ExpiryTime = description.ExpiryTime,
                LastUpdate = now,
                ListedRoles = ListRoles(users),
            },
            limits);
        conferences.Add(focus);
        return request.Succeed(new AddConferenceResult(Summarize(focus)));
    }

    private C3pResponse Delete(UcServerUser organizer, C3pRequest request, DeleteConferenceCommand command, List<FocusEffect> effects)
    {
        if (!TryFind(organizer, command.ConferenceUri, null, out var focus))
        {
            return request.Fail(C3pReasons.ConferenceDoesNotExist);
        }

        focus.Delete(effects);
        conferences.Remove(focus);
        return request.Succeed(new DeleteConferenceResult(focus.Profile.Focus.Text));
    }

    private bool TryFind(UcServerUser organizer, string? uri, string? id, out Focus focus)
    {
        var owner = directory.AddressOfRecord(organizer);
        focus = null!;
        ConferenceUri? part = null;
        if (uri is not null)
        {
            _ = ConferenceUri.TryParse(uri, out part);
        }
        else if (id is not null && IsAcceptableId(id))
        {
            part = ConferenceUri.Focus(owner, id);
        }

        // Somebody else's conference is not there, as far as this organizer may know.
        return part is not null && conferences.TryGet(part, out focus!) && focus.Profile.Organizer == owner;
    }

    private static ConferenceInfo Summarize(Focus focus) =>
        RosterDocuments.Summary(focus.Profile, focus.MaxUsers, focus.State == FocusState.Active);

    private static Dictionary<string, string> ListRoles(IEnumerable<ConferenceUser> users)
    {
        var roles = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var user in users)
        {
            roles[SipUri.Parse(user.Entity).AddressOfRecord.Text] = user.Roles.Count > 0 ? user.Roles[0] : ConferenceRoles.Attendee;
        }

        return roles;
    }

    private string NewId(string owner)
    {
        while (true)
        {
            // Eight characters, as real servers make them; 40 bits, so the loop runs once.
            var id = string.Create(ProposedIdMinimum, random, static (text, source) =>
            {
                for (var at = 0; at < text.Length; at++)
                {
                    text[at] = IdCharacters[source.Next(IdCharacters.Length)];
                }
            });
            if (!conferences.TryGet(ConferenceUri.Focus(owner, id), out _))
            {
                return id;
            }
        }
    }
}
