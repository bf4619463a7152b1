namespace UcSdk;

/// <summary>What can happen to the subscription to the contact list.</summary>
internal enum ContactListTrigger
{
    Subscribe,
    Retry,
    Listed,
    Delay,
    Refuse,
    Lose,
    FindGap,
    Leave,
    Complete,
}
