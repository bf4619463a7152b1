namespace UcSdk;

/// <summary>How a contact's presence is watched (the states of UCMA's <c>RemotePresentitySubscriptionState</c>).</summary>
public enum ContactPresenceState
{
    /// <summary>Nobody has asked for it, or it could not be asked for yet.</summary>
    Idle,

    /// <summary>The server has been asked, and has not told anything.</summary>
    Subscribing,

    /// <summary>What is known is true: the server tells each change.</summary>
    Subscribed,

    /// <summary>The server is asked now and then; what is known is as of the last answer.</summary>
    Polling,

    /// <summary>The subscription was lost; nothing is known until it is made again, by itself.</summary>
    WaitingForRetry,

    /// <summary>The watching ends.</summary>
    Terminating,

    /// <summary>The server has refused to tell anything of this contact, or knows none; the next sign-in asks again.</summary>
    Terminated,
}
