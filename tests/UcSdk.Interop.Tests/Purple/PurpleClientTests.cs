using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>SIPE and a <c>LyncClient</c> at the embedded server: each shows what the other one has done.</summary>
public sealed class PurpleClientTests(PurpleProgram program)
{
    private static readonly (string Sipe, ContactAvailability Ours)[] States =
    [
        ("busy", ContactAvailability.Busy), ("do-not-disturb", ContactAvailability.DoNotDisturb), ("be-right-back", ContactAvailability.TemporarilyAway),
        ("away", ContactAvailability.Away), ("available", ContactAvailability.Free),
    ];

    [Fact]
    public async Task Each_state_and_note_of_either_side_shows_at_the_other()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await SignInAsync(server, limit.Token);
        await using var bob = await SignInOursAsync(server, "bob", "builder", limit.Token);
        await alice.AddAsync("bob", "Friends", limit.Token);
        var contact = bob.ContactManager.GetContactByUri("alice@contoso.test");
        var subscription = bob.ContactManager.CreateSubscription();
        subscription.AddContact(contact);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability, ContactInformationType.PersonalNote, ContactInformationType.DisplayName);

        foreach (var (sipe, ours) in States)
        {
            await alice.SetStatusAsync(sipe, $"I am {sipe}", limit.Token);
            await UntilAsync(() => contact.Availability == ours && NoteOf(contact) == $"I am {sipe}", () => $"{contact.Availability} {NoteOf(contact)}", limit.Token);
        }

        Assert.Equal("Alice", contact.DisplayName);
        foreach (var (sipe, ours) in States)
        {
            await bob.Self!.PublishAvailabilityAsync(ours, cancellationToken: limit.Token);
            await bob.Self.PublishNoteAsync($"Ours: {sipe}", limit.Token);
            await alice.WaitForBuddyAsync("bob", buddy => buddy.GetProperty("status").GetString() == sipe && buddy.ToString().Contains($"Ours: {sipe}", StringComparison.Ordinal), limit.Token);
        }

        await bob.Self!.PublishNoteAsync("", limit.Token);
        await alice.WaitForBuddyAsync("bob", buddy => !buddy.ToString().Contains("Ours", StringComparison.Ordinal), limit.Token);
        await bob.SignOutAsync(limit.Token);
        await alice.WaitForBuddyAsync("bob", buddy => buddy.GetProperty("status").GetString() == "offline", limit.Token);
        await alice.SignOutAsync(limit.Token);
        alice.Log.RequireNoError();
        alice.Log.RequireEverySignatureValidated(atLeast: 20);
    }

    [Fact]
    public async Task A_list_that_both_edit_is_the_same_at_both()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var sipe = await SignInAsync(server, limit.Token);
        await using var ours = await SignInOursAsync(server, "alice", "wonderland", limit.Token);
        var manager = ours.ContactManager;

        var work = await manager.AddGroupAsync("Work", limit.Token);
        await work.AddContactAsync(manager.GetContactByUri("bob@contoso.test"), limit.Token);
        await sipe.WaitForListAsync("Work: bob", limit.Token);

        await sipe.AddAsync("carol", "Friends", limit.Token);
        await UntilListAsync("Friends: carol; Work: bob");
        await sipe.DoAsync("buddy.move", new() { ["name"] = PurpleSipe.UriOf("bob"), ["to"] = "Friends" }, limit.Token);
        await UntilListAsync("Friends: bob carol");

        Assert.True(manager.TryGetGroup("Friends", out var friends));
        await ((CustomGroup)friends).RenameAsync("Old friends", limit.Token);
        await sipe.WaitForListAsync("Old friends: bob carol", limit.Token);
        await manager.GetContactByUri("carol@contoso.test").MoveToGroupAsync(work, friends, limit.Token);
        await sipe.WaitForListAsync("Old friends: bob; Work: carol", limit.Token);

        await sipe.DoAsync("buddy.remove", new() { ["name"] = PurpleSipe.UriOf("bob") }, limit.Token);
        await UntilListAsync("Work: carol");
        await manager.RemoveContactFromAllGroupsAsync(manager.GetContactByUri("carol@contoso.test"), limit.Token);
        await sipe.WaitForListAsync("", limit.Token);
        await ours.SignOutAsync(limit.Token);
        await sipe.SignOutAsync(limit.Token);
        sipe.Log.RequireNoError();

        Task UntilListAsync(string list) => UntilAsync(() => Describe(manager) == list, () => Describe(manager), limit.Token);
    }

    [Fact]
    public async Task Whom_we_block_SIPE_shows_blocked_and_whom_SIPE_blocks_we_show_blocked()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var sipe = await SignInAsync(server, limit.Token);
        await using var ours = await SignInOursAsync(server, "alice", "wonderland", limit.Token);
        var permissions = ours.Self!.Permissions;
        await sipe.AddAsync("bob", "Friends", limit.Token);

        await permissions.SetAccessLevelAsync("bob@contoso.test", AccessLevel.Blocked, limit.Token);
        await sipe.WaitForAccessLevelAsync("bob", "* Blocked", limit.Token);
        await sipe.ChooseAsync("bob", limit.Token, "Access level", "Team");
        await UntilAsync(() => permissions.GetAccessLevel("bob@contoso.test") == AccessLevel.Workgroup, () => permissions.GetAccessLevel("bob@contoso.test").ToString(), limit.Token);
        await sipe.ChooseAsync("bob", limit.Token, "Access level", "Blocked");
        await UntilAsync(() => permissions.GetAccessLevel("bob@contoso.test") == AccessLevel.Blocked, () => permissions.GetAccessLevel("bob@contoso.test").ToString(), limit.Token);
        await ours.SignOutAsync(limit.Token);
        await sipe.SignOutAsync(limit.Token);
        sipe.Log.RequireNoError();
    }

    private static string? NoteOf(Contact contact) => contact.GetContactInformation(ContactInformationType.PersonalNote) as string;

    private static string Describe(ContactManager manager) => string.Join("; ", manager.Groups
        .Where(group => group.Contacts.Count > 0)
        .OrderBy(group => group.Name, StringComparer.Ordinal)
        .Select(group => $"{group.Name}: {string.Join(' ', group.Contacts.Select(contact => contact.Uri[4..contact.Uri.IndexOf('@', StringComparison.Ordinal)]).Order(StringComparer.Ordinal))}"));

    private static async Task UntilAsync(Func<bool> isSo, Func<string> describe, CancellationToken cancellationToken)
    {
        try
        {
            while (!isSo())
            {
                await Task.Delay(50, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It came to no more than: {describe()}");
        }
    }

    private static async Task<LyncClient> SignInOursAsync(UcServer server, string name, string password, CancellationToken cancellationToken)
    {
        var client = new LyncClient(new LyncClientOptions { Server = server.ListenAddresses[0], Password = new SipPassword(password) });
        await client.SignInAsync($"sip:{name}@contoso.test", cancellationToken);
        await UntilAsync(() => client.ContactManager.ListState == ContactListState.Subscribed, () => client.ContactManager.ListState.ToString(), cancellationToken);
        return client;
    }

    private async Task<PurpleSipe> SignInAsync(UcServer server, CancellationToken cancellationToken)
    {
        var user = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], "alice", "wonderland", cancellationToken);
        await user.Host.WaitForLogAsync("<roamingData", 1, cancellationToken);
        return user;
    }

    private static async Task<UcServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new UcServer(new UcServerOptions
        {
            Domain = "contoso.test",
            Users =
            [
                new("alice") { DisplayName = "Alice", Password = new SipPassword("wonderland") },
                new("bob") { DisplayName = "Bob Builder", Password = new SipPassword("builder") },
                new("carol") { DisplayName = "Carol" },
            ],
        });
        await server.StartAsync(cancellationToken);
        return server;
    }
}
