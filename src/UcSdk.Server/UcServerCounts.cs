using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>What the server holds at one moment: tests assert that nothing is left behind.</summary>
/// <param name="Bindings">Registered endpoints.</param>
/// <param name="Conferences">Conferences that exist, whether anybody is in them or not.</param>
/// <param name="ConferenceUsers">Users in them.</param>
/// <param name="FocusDialogs">Focus dialogs.</param>
/// <param name="RosterSubscriptions">Subscriptions to rosters.</param>
/// <param name="MediaLegs">Sessions of the A/V MCU, those that are being set up included.</param>
/// <param name="Mixers">Conferences whose audio is being mixed.</param>
/// <param name="Work">Operations under way: goodbyes, answers.</param>
/// <param name="Sip">What the SIP endpoint holds.</param>
public sealed record UcServerCounts(
    int Bindings,
    int Conferences,
    int ConferenceUsers,
    int FocusDialogs,
    int RosterSubscriptions,
    int MediaLegs,
    int Mixers,
    int Work,
    SipEndpointCounts Sip)
{
    /// <summary>Sessions of the IM MCU, those that are being set up included.</summary>
    public int MessageLegs { get; init; }

    /// <summary>Instant messages in conferences that somebody has not answered yet.</summary>
    public int PendingMessages { get; init; }

    /// <summary>Subscriptions to presence, one's own and that of others.</summary>
    public int PresenceSubscriptions { get; init; }

    /// <summary>Subscriptions to contact lists.</summary>
    public int ContactSubscriptions { get; init; }

    /// <summary>Changes that the store has not taken yet (<see cref="IServerStore"/>).</summary>
    public int PendingChanges { get; init; }

    /// <summary>How often the store has failed since the server was made.</summary>
    public int StoreFailures { get; init; }
}
