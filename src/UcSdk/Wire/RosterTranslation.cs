using UcSdk.Documents;

namespace UcSdk;

/// <summary>How a user of a conference document looks as a participant.</summary>
internal static class RosterTranslation
{
    public static ParticipantSnapshot ToSnapshot(ConferenceUser user) => new(
        user.Entity,
        user.DisplayText ?? "",
        user.IsPresenter,
        new(
            StateOf(user, ConferenceEntityTypes.Chat),
            StateOf(user, ConferenceEntityTypes.AudioVideo),
            StateOf(user, ConferenceEntityTypes.ApplicationSharing),
            StateOf(user, ConferenceEntityTypes.DataConferencing)));

    public static ConferenceAccessType ToAccessType(string? admissionPolicy) => admissionPolicy switch
    {
        AdmissionPolicies.OpenAuthenticated => ConferenceAccessType.Open,
        AdmissionPolicies.ClosedAuthenticated => ConferenceAccessType.Closed,
        AdmissionPolicies.Anonymous => ConferenceAccessType.Anonymous,
        _ => ConferenceAccessType.Unknown,
    };

    public static string ToAdmissionPolicy(ConferenceAccessType accessType) => accessType switch
    {
        ConferenceAccessType.Closed => AdmissionPolicies.ClosedAuthenticated,
        ConferenceAccessType.Anonymous => AdmissionPolicies.Anonymous,
        _ => AdmissionPolicies.OpenAuthenticated,
    };

    // A user may sit there with several endpoints; the one that takes part most counts.
    private static ModalityState StateOf(ConferenceUser user, string sessionType)
    {
        var best = ModalityState.Disconnected;
        var bestRank = 0;
        foreach (var endpoint in user.Endpoints)
        {
            if (endpoint.SessionType == sessionType)
            {
                var (state, rank) = Translate(endpoint.Status);
                if (rank > bestRank)
                {
                    (best, bestRank) = (state, rank);
                }
            }
        }

        return best;
    }

    private static (ModalityState State, int Rank) Translate(string? status) => status switch
    {
        EndpointStatuses.Connected or EndpointStatuses.MutedViaFocus => (ModalityState.Connected, 5),
        EndpointStatuses.OnHold => (ModalityState.OnHold, 4),
        EndpointStatuses.Alerting => (ModalityState.Notified, 3),
        EndpointStatuses.Pending or EndpointStatuses.DialingIn or EndpointStatuses.DialingOut => (ModalityState.Connecting, 2),
        EndpointStatuses.Disconnecting => (ModalityState.Disconnecting, 1),
        _ => (ModalityState.Disconnected, 0),
    };
}
