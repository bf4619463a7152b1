namespace UcSdk;

/// <summary>Somebody for whom the user of a client acts as a delegate (<see cref="UcSdk.LyncClient.DelegatorClients"/>).</summary>
public sealed class DelegatorClient
{
    private readonly ContactSubscription _subscription;

    internal DelegatorClient(LyncClient client, Contact contact)
    {
        LyncClient = client;
        Contact = contact;
        _subscription = client.ContactManager.CreateSubscription();
        _subscription.AddContact(contact);
        _subscription.Subscribe(
            ContactSubscriptionRefreshRate.High, ContactInformationType.Availability, ContactInformationType.DisplayName, ContactInformationType.PersonalNote);
    }

    /// <summary>The client of the delegate.</summary>
    public LyncClient LyncClient { get; }

    /// <summary>The delegator, whose presence is watched as long as it is one.</summary>
    public Contact Contact { get; }

    /// <summary>The delegator's address, <c>sip:user@domain</c>.</summary>
    public string Uri => Contact.Uri;

    /// <summary>The contacts of the delegate, not of the delegator.</summary>
    public ContactManager ContactManager => LyncClient.ContactManager;

    /// <summary>Never the address, which is user data.</summary>
    public override string ToString() => "delegator";

    internal void Leave() => _subscription.Unsubscribe();
}
