namespace UcSdk;

/// <summary>Whether the client knows the user's contact list (the states of UCMA's <c>CollaborationSubscriptionState</c>). Groups and contacts stay as last known in all of them.</summary>
public enum ContactListState
{
    /// <summary>The list is not asked for: nobody is signed in, or the server has none to give.</summary>
    Idle,

    /// <summary>The list is asked for.</summary>
    Subscribing,

    /// <summary>The list is as the server has it, and its changes come as they happen.</summary>
    Subscribed,

    /// <summary>The subscription was lost, or the list may have changed unseen; it is asked for again in a moment.</summary>
    WaitingForRetry,

    /// <summary>The subscription is being ended.</summary>
    Terminating,
}
