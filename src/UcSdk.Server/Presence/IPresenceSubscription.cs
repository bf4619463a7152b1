namespace UcSdk.Server;

/// <summary>What somebody has subscribed to: other users, or itself.</summary>
internal interface IPresenceSubscription
{
    /// <summary>The endpoint that is told.</summary>
    EndpointId Party { get; }

    /// <summary>What it is about. An endpoint needs one subscription to the same; those that it has left behind give way to another.</summary>
    string Subject { get; }

    /// <summary>Everything that it is to know; what was waiting is told by that.</summary>
    PresenceNotification Full();

    /// <summary>What has changed since it was last told something; null for nothing.</summary>
    PresenceNotification? News();
}
