using UcSdk.Sip;

namespace UcSdk;

/// <summary>What subscriptions to presence need of the one who has them.</summary>
internal interface IPresenceOwner
{
    /// <summary>What somebody in the application needs to know.</summary>
    PresenceNeeds Needs { get; }

    /// <summary>A notification has come.</summary>
    void OnNotification(SipMessage message);

    /// <summary>The server does not understand the way of asking: these contacts must be asked for in another.</summary>
    void OnNotUnderstood(IReadOnlyList<WatchedContact> contacts);
}
