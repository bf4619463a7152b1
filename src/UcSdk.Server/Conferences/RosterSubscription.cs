using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>One subscription to the conference package; each counts its notifications by itself (RFC 4575 §5.1).</summary>
/// <param name="Party">The endpoint that watches.</param>
/// <param name="Notifications">What it has been told.</param>
internal sealed record RosterSubscription(EndpointId Party, ConferenceNotifications Notifications);
