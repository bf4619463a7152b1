namespace UcSdk;

/// <summary>What one part of the application wants to be told: the contact list, or a <see cref="ContactSubscription"/>. On the loop only.</summary>
internal sealed class PresenceWish
{
    public IReadOnlySet<Contact> Contacts { get; set; } = new HashSet<Contact>();

    public ContactSubscriptionRefreshRate Rate { get; set; }

    public PresenceNeeds Needs { get; set; }
}
