namespace UcSdk;

/// <summary>Why the watching of a contact changed its state.</summary>
internal enum ContactPresenceReason
{
    Wanted,
    Told,
    RetryLater,
    Lost,
    Retrying,
    Refused,
    NotWanted,
    Ended,
}
