using UcSdk.Documents;

namespace UcSdk.Conversations.Tests;

/// <summary>The listings of docs/guide/presence.md, as methods that run.</summary>
internal static class PresenceListings
{
    public static async Task PublishAsync(LyncClient client)
    {
        // listing: publishing
        var self = client.Self!;
        self.PresenceChanges.Subscribe(change => Console.WriteLine($"{change.Previous.Availability} → {change.Current.Availability}"));

        await self.PublishAvailabilityAsync(ContactAvailability.Busy);
        await self.PublishNoteAsync("Quarterly report until noon");
        await self.SetPhoneAsync(ContactEndpointType.MobilePhone, "+1 425 555 0199", publish: true);
        // end of listing
    }

    public static async Task PublishAtOnceAsync(LyncClient client)
    {
        // listing: several things at once
        await client.Self!.PublishContactInformationAsync(
        [
            new(PublishableContactInformationType.Availability, ContactAvailability.Away),
            new(PublishableContactInformationType.ActivityId, PresenceActivityTokens.OffWork),
            new(PublishableContactInformationType.LocationName, "Home"),
            new(PublishableContactInformationType.PersonalNote, "Back on Monday"),
        ]);
        // end of listing
    }

    public static async Task ResetAsync(LyncClient client)
    {
        // listing: taking it back
        await client.Self!.ResetAvailabilityAsync();
        await client.Self.PublishNoteAsync(null);
        // end of listing
    }

    public static async Task EditListAsync(LyncClient client)
    {
        // listing: contacts and groups
        var contacts = client.ContactManager;
        contacts.Groups.Changes.Subscribe(change => Console.WriteLine($"{change.Kind} {change.Item}"));

        var team = await contacts.AddGroupAsync("Team");
        var bob = contacts.GetContactByUri("bob@contoso.test");
        await team.AddContactAsync(bob);
        await bob.SetListNameAsync("Bob from the third floor");
        await bob.SetTaggedAsync(true);
        await team.RenameAsync("The team");
        // end of listing
    }

    public static async Task WatchAsync(LyncClient client)
    {
        // listing: watching presence
        var contacts = client.ContactManager;
        contacts.InformationChanges.Subscribe(change => Console.WriteLine($"{change.Contact.DisplayName}: {change.Information.Activity}"));

        // Who is in the list is watched already; anybody else is watched by a subscription, or asked for once.
        var subscription = contacts.CreateSubscription();
        subscription.AddContact(contacts.GetContactByUri("carol@contoso.test"));
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability, ContactInformationType.PersonalNote);

        var dave = await contacts.GetContactByUri("dave@contoso.test").QueryAsync();
        Console.WriteLine($"{dave.DisplayName}: {dave.Availability}, {dave.PersonalNote}");
        // end of listing
    }

    public static async Task SearchAsync(LyncClient client)
    {
        // listing: searching for people
        var found = await client.ContactManager.SearchAsync("car");
        foreach (var contact in found.Contacts)
        {
            Console.WriteLine($"{contact.DisplayName}, {contact.Information.Title}");
        }

        var carol = await client.ContactManager.LookupAsync("carol@contoso.test");
        // end of listing
        Assert.NotNull(carol);
    }

    public static async Task GiveLevelsAsync(LyncClient client)
    {
        // listing: who may see what
        var bob = client.ContactManager.GetContactByUri("bob@contoso.test");
        await bob.SetAccessLevelAsync(AccessLevel.Workgroup);
        await client.Self!.Permissions.BlockAsync("mallory@contoso.test");
        await client.Self.Permissions.SetAccessLevelAsync(AccessEntryScope.Domain, "fabrikam.test", AccessLevel.External);

        foreach (var watcher in client.Self.Watchers.Where(watcher => !watcher.IsAcknowledged))
        {
            await client.Self.AcknowledgeWatcherAsync(watcher);
        }

        // end of listing
    }

    public static async Task ForwardCallsAsync(LyncClient client)
    {
        // listing: where calls go
        var calls = client.Self!.CallForwarding;
        calls.Changes.Subscribe(change => Console.WriteLine(change.Current));

        await calls.SetDelegatesAsync(["sip:bob@contoso.test"]);
        await calls.RingDelegatesSimultaneouslyAsync(TimeSpan.FromSeconds(10));
        await calls.ForwardUnansweredAsync(CallForwardingTarget.Contact("sip:carol@contoso.test"), TimeSpan.FromSeconds(25));
        // end of listing
    }

    public static async Task ShowPicturesAsync(LyncClient client)
    {
        // listing: pictures and custom activities
        if (await client.ContactManager.GetContactByUri("bob@contoso.test").GetPhotoAsync() is { } photo)
        {
            await File.WriteAllBytesAsync(photo.ContentType == "image/png" ? "bob.png" : "bob.jpg", photo.Content);
        }

        var activities = await client.Self!.GetPublishableCustomAvailabilityStatesAsync();
        if (activities.FirstOrDefault(state => state.Activities.Values.Contains("Interviewing")) is { } interviewing)
        {
            await client.Self.PublishContactInformationAsync([new(PublishableContactInformationType.CustomActivityId, interviewing.Id)]);
        }

        // end of listing
    }
}
