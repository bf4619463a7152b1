using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

/// <summary>The life of a client at its server.</summary>
public sealed class SignInTests
{
    [Fact]
    public void Alice_signs_in_and_out() => World.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        Assert.Equal((alice.Address, true), (alice.Client.Self!.Uri, alice.Client.Self.CanMeet));
        Assert.NotNull(alice.Client.Self.Gruu);

        await alice.Client.SignOutAsync();
        await alice.Client.DisposeAsync();
        await world.DelayAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(
            [
                "SignedOut → SigningIn (SignInRequested)", "SigningIn → SignedIn (SignedIn)", "SignedIn → SigningOut (SignOutRequested)",
                "SigningOut → SignedOut (SignedOut)", "SignedOut → ShuttingDown (ShutDownRequested)", "ShuttingDown → Uninitialized (ShutDown)", "completed",
            ],
            alice.HistoryOf(alice.Client));
    });

    [Fact]
    public void Somebody_whom_the_server_does_not_know() => World.Tell(async world =>
    {
        var zoe = world.Introduce("zoe");

        var failure = await Assert.ThrowsAsync<RegisterException>(() => zoe.Client.SignInAsync(zoe.Address));

        Assert.Equal((SignInStage.Register, 404), (failure.Stage, failure.StatusCode));
        Assert.Equal("SigningIn → SignedOut (SignInFailed)", zoe.HistoryOf(zoe.Client)[1]);
    });

    [Fact]
    public void Alice_changes_her_mind_while_signing_in() => World.Tell(async world =>
    {
        var alice = world.Introduce("alice");
        var signingIn = world.Begin(alice.Client.SignInAsync(alice.Address));
        await world.UntilAsync("alice → server SUBSCRIBE alice vnd-microsoft-provisioning-v2");

        await alice.Client.SignOutAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await signingIn);
        Assert.Equal(["SignedOut → SigningIn (SignInRequested)", "SigningIn → SignedOut (SignInCanceled)"], alice.HistoryOf(alice.Client));
        Assert.Equal(0, (await world.Server.GetCountsAsync()).Bindings);
    });

    [Fact]
    public void The_server_answers_no_refresh() => World.Tell(
        async world =>
        {
            var alice = await world.SignInAsync("alice");
            alice.LineFaults.LosesSent = text => text.StartsWith("REGISTER", StringComparison.Ordinal);

            await world.DelayAsync(TimeSpan.FromMinutes(5));

            Assert.Contains("SignedIn → SigningIn (RegistrationLost)", alice.HistoryOf(alice.Client));
            Assert.Equal(0, (await world.Server.GetCountsAsync()).Bindings);

            // The line is repaired.
            alice.LineFaults.LosesSent = null;
            await alice.Client.WaitForStateAsync(ClientState.SignedIn);
            Assert.Equal(1, (await world.Server.GetCountsAsync()).Bindings);
        },
        new WorldOptions { Server = options => options with { RegistrationExpires = TimeSpan.FromSeconds(120) } });

    [Fact]
    public void The_server_answers_no_refresh_and_nobody_wants_it_back() => World.Tell(
        async world =>
        {
            var alice = await world.SignInAsync("alice");
            alice.LineFaults.LosesSent = text => text.StartsWith("REGISTER", StringComparison.Ordinal);

            await world.DelayAsync(TimeSpan.FromMinutes(5));

            Assert.Equal("SignedIn → SignedOut (RegistrationLost)", alice.HistoryOf(alice.Client)[^1]);
        },
        new WorldOptions
        {
            Server = options => options with { RegistrationExpires = TimeSpan.FromSeconds(120) },
            Client = options => options with { Reconnect = null },
        });

    [Fact]
    public void The_server_sends_alice_to_another_when_she_refreshes() => World.Tell(
        async world =>
        {
            var alice = await world.SignInAsync("alice");
            var home = "301 Moved Permanently\r\nContact: <sip:sip.contoso.test:5060;transport=tcp>;q=0.7\r\nX-Was: ";
            alice.LineFaults.ChangesReceived = (line, message) =>
            {
                if (!line.StartsWith("200 REGISTER", StringComparison.Ordinal))
                {
                    return message;
                }

                alice.LineFaults.ChangesReceived = null;
                return System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(message.Span).Replace("200 OK\r\n", home + "\r\n", StringComparison.Ordinal));
            };

            await world.DelayAsync(TimeSpan.FromSeconds(90));

            Assert.Contains("SignedIn → SigningIn (Moved)", alice.HistoryOf(alice.Client));
            Assert.Equal(ClientState.SignedIn, alice.Client.State);
            Assert.Equal(1, (await world.Server.GetCountsAsync()).Bindings);
        },
        new WorldOptions { Server = options => options with { RegistrationExpires = TimeSpan.FromSeconds(120) } });

    [Fact]
    public void Alice_carries_her_computer_to_another_network()
    {
        var changes = new ScriptedNetworkChanges();
        World.Tell(
            async world =>
            {
                var alice = await world.SignInAsync("alice");
                await alice.MeetAsync();
                await alice.JoinAsync();
                changes.Gone.Add("alice");
                changes.Tell();
                await alice.Client.WaitForStateAsync(ClientState.SigningIn);
                changes.Gone.Clear();
                await alice.Client.WaitForStateAsync(ClientState.SignedIn);
                await world.DelayAsync(TimeSpan.FromSeconds(1));

                Assert.Contains("SignedIn → SigningIn (NetworkChanged)", alice.HistoryOf(alice.Client));
                Assert.Contains("Inactive → Terminated (ConnectionLost)", alice.HistoryOf(alice.Conversation!));
                Assert.Equal(1, (await world.Server.GetCountsAsync()).Bindings);
            },
            new WorldOptions { Client = options => options with { NetworkChanges = changes } });
    }

    [Fact]
    public void Alice_goes_back_from_the_backup_when_her_server_is_there_again()
    {
        var home = new SipTransportAddress("TCP", "home.contoso.test", 5060);
        World.Tell(
            async world =>
            {
                var alice = await world.SignInAsync("alice");
                Assert.Equal(1, (await world.Server.GetCountsAsync()).Bindings);
                await using var server = new UcServer(
                    new UcServerOptions { Users = [new("alice")], Listen = [home], Network = world.Network, MediaNetwork = world.NextMediaHost() },
                    world.NextRuntime(),
                    ServerSeams.None);
                await server.StartAsync();
                await alice.Client.WaitForStateAsync(ClientState.SigningIn);
                await alice.Client.WaitForStateAsync(ClientState.SignedIn);
                await world.DelayAsync(TimeSpan.FromSeconds(1));

                Assert.Contains("SignedIn → SigningIn (ReturnedToPrimary)", alice.HistoryOf(alice.Client));
                Assert.Equal((0, 1), ((await world.Server.GetCountsAsync()).Bindings, (await server.GetCountsAsync()).Bindings));
                await alice.Client.SignOutAsync();
            },
            new WorldOptions { Client = options => options with { Server = home, BackupServers = [options.Server!] } });
    }

    [Fact]
    public void Refreshes_keep_a_client_signed_in_for_days() => World.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");

        await world.DelayAsync(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(10));

        Assert.Equal(ClientState.SignedIn, alice.Client.State);
        Assert.Equal(1, (await world.Server.GetCountsAsync()).Bindings);
        Assert.InRange(world.Wire.Count("alice → server REGISTER alice registration"), 12, 30);
    });

    [Fact]
    public void Signing_in_elsewhere_once_too_often_signs_the_oldest_endpoint_out() => World.Tell(
        async world =>
        {
            var bob = await world.SignInAsync("bob");
            var alice = await world.SignInAsync("alice");
            await alice.MeetAsync();
            await bob.JoinAsync(alice.Conversation!.ConferenceSession!.ConferenceUri);

            var desk = await world.SignInAsync("bob", "bob-desk");
            await world.DelayAsync(TimeSpan.FromSeconds(1));

            Assert.Equal("SignedIn → SignedOut (Deregistered)", bob.HistoryOf(bob.Client)[^1]);
            Assert.Equal(ClientState.SignedIn, desk.Client.State);
            Assert.Equal(ConversationState.Terminated, bob.Conversation!.State);
            await world.AssertNobodyMeetsAsync();
        },
        new WorldOptions { Server = options => options with { MaxEndpointsPerUser = 1 } });
}
