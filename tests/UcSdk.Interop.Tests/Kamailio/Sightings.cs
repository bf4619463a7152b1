namespace UcSdk.Interop.Tests;

/// <summary>Waits for what is seen of a contact.</summary>
internal sealed class Sightings : IObserver<ContactInformationChange>, IDisposable
{
    private readonly SemaphoreSlim _news = new(0);
    private readonly IDisposable _subscription;

    public Sightings(Contact contact)
    {
        Contact = contact;
        _subscription = contact.InformationChanges.Subscribe(this);
    }

    public Contact Contact { get; }

    /// <summary>Ends when what is known of the contact is as wanted; how it is instead stands in the failure.</summary>
    public async Task WaitForAsync(Func<Contact, bool> isWanted, CancellationToken cancellationToken)
    {
        while (!isWanted(Contact))
        {
            Assert.True(
                await _news.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken),
                $"{Contact.PresenceState}, {Contact.Availability}, {Contact.Information.ActivityToken}, note {Contact.Information.PersonalNote}");
        }
    }

    public void OnNext(ContactInformationChange value) => _news.Release();

    public void OnError(Exception error) => _news.Release();

    public void OnCompleted() => _news.Release();

    public void Dispose()
    {
        _subscription.Dispose();
        _news.Dispose();
    }
}
