namespace UcSdk;

/// <summary>What can happen to the watching of a contact.</summary>
internal enum ContactPresenceTrigger
{
    Subscribe,
    Poll,
    Tell,
    Delay,
    Lose,
    Retry,
    Refuse,
    Unwant,
    Complete,
}
