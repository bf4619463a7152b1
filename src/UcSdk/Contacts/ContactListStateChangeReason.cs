namespace UcSdk;

/// <summary>Why the subscription to the contact list changed its state.</summary>
public enum ContactListStateChangeReason
{
    /// <summary>The user has signed in, and the server offers the list.</summary>
    SubscribeRequested,

    /// <summary>The server has told the whole list.</summary>
    Listed,

    /// <summary>Server or network failed in passing; the cause tells why.</summary>
    RetryLater,

    /// <summary>It is asked for again.</summary>
    Retrying,

    /// <summary>The server refuses the list for good, as where it is kept in Exchange (488); the cause tells why. The next sign-in asks again.</summary>
    Refused,

    /// <summary>The server has ended the subscription, or does not know it any more.</summary>
    SubscriptionLost,

    /// <summary>A change has gone unseen, or a command was refused because of one: the whole list is asked for.</summary>
    ChangesMissed,

    /// <summary>The user signs out, or the connection to the server is gone.</summary>
    Disconnecting,

    /// <summary>It is over.</summary>
    Ended,
}
