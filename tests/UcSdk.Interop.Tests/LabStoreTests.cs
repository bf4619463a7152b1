namespace UcSdk.Interop.Tests;

/// <summary>The Lab with <c>--store</c>, as a process that ends and is started again: its users' lists and choices are still there.</summary>
public sealed class LabStoreTests
{
    [Fact]
    public async Task A_restarted_Lab_still_knows_the_list_that_a_client_has_made()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var directory = new TempDirectory();
        string[] options = ["--user", "alice", "--user", "bob", "--user", "carol", "--store", directory["lab.db"]];
        await using (var lab = await LabProcess.StartAsync("tcp", limit.Token, options))
        {
            await using var alice = await SignInAsync(lab, limit.Token);
            var friends = await alice.ContactManager.AddGroupAsync("Friends", limit.Token);
            var bob = alice.ContactManager.GetContactByUri("bob@contoso.test");
            await friends.AddContactAsync(bob, limit.Token);
            await bob.SetListNameAsync("Bobby", limit.Token);
            await bob.SetTaggedAsync(true, limit.Token);
            await bob.SetAccessLevelAsync(AccessLevel.Friends, limit.Token);
            await friends.AddContactAsync(alice.ContactManager.GetContactByUri("carol@contoso.test"), limit.Token);
            await friends.RenameAsync("Pals", limit.Token);
            await alice.Self!.PublishNoteAsync("Back soon", limit.Token);
            await alice.SignOutAsync(limit.Token);
            Assert.Equal(0, await lab.StopAsync(limit.Token));
            Assert.Empty(lab.Errors);
        }

        await using (var lab = await LabProcess.StartAsync("tcp", limit.Token, options))
        {
            await using var alice = await SignInAsync(lab, limit.Token);
            Assert.True(alice.ContactManager.TryGetGroup("Pals", out var pals), string.Join(", ", alice.ContactManager.Groups.Select(group => group.Name)));
            Assert.Equal(["sip:bob@contoso.test", "sip:carol@contoso.test"], pals.Contacts.Select(contact => contact.Uri).Order(StringComparer.Ordinal));
            var bob = alice.ContactManager.GetContactByUri("bob@contoso.test");
            Assert.Equal(("Bobby", true, AccessLevel.Friends), (bob.DisplayName, bob.IsTagged, bob.AccessLevel));
            Assert.Equal("Back soon", alice.Self!.Presence.PersonalNote);
            Assert.Equal(0, await EndAsync(alice, lab, limit.Token));
        }

        // Without the file nobody knows anything: it was the file that kept it.
        await using var forgetful = await LabProcess.StartAsync("tcp", limit.Token, options[..^2]);
        await using var stranger = await SignInAsync(forgetful, limit.Token);
        Assert.False(stranger.ContactManager.TryGetGroup("Pals", out _));
    }

    private static async Task<int> EndAsync(LyncClient client, LabProcess lab, CancellationToken cancellationToken)
    {
        await client.SignOutAsync(cancellationToken);
        return await lab.StopAsync(cancellationToken);
    }

    // Signed in, and knowing the list and the presence of its user.
    private static async Task<LyncClient> SignInAsync(LabProcess lab, CancellationToken cancellationToken)
    {
        var client = new LyncClient(new LyncClientOptions { Server = lab.Address, TransportFactory = () => Loopback.Open("TCP") });
        var services = new ServicesRunning(4);
        using var subscription = client.ServiceProgress.Subscribe(services);
        await client.SignInAsync("sip:alice@contoso.test", cancellationToken);
        await services.Task.WaitAsync(cancellationToken);
        return client;
    }
}
