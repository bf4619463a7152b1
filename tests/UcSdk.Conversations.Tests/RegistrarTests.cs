using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

/// <summary>What the registrar decides, and what becomes of a client: two servers and Alice.</summary>
public sealed class RegistrarTests
{
    private static readonly SipTransportAddress First = new("TCP", "sip.contoso.test", 5060);
    private static readonly SipTransportAddress Second = new("TCP", "second.contoso.test", 5060);

    [Fact]
    public void A_director_sends_Alice_home() => TellOfTwo(
        async (world, home) =>
        {
            var alice = await world.SignInAsync("alice");

            Assert.Equal((0, 1), (await CountAsync(world.Server), await CountAsync(home)));
            Assert.Equal(["SignedOut → SigningIn (SignInRequested)", "SigningIn → SignedIn (SignedIn)"], alice.HistoryOf(alice.Client));
        },
        options => options with { HomeServer = Second });

    [Fact]
    public void A_director_names_two_servers_and_Alice_finds_the_one_that_is_there() => TellOfTwo(
        async (world, backup) =>
        {
            await world.SignInAsync("alice");

            Assert.Equal((0, 1), (await CountAsync(world.Server), await CountAsync(backup)));
        },
        options => options with { HomeServer = new("TCP", "gone.contoso.test", 5060), BackupServer = Second });

    [Theory]
    [InlineData(DeregistrationReason.Rejected)]
    [InlineData(DeregistrationReason.Unregistered)]
    public void Alice_is_signed_out_for_good(DeregistrationReason reason) => World.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");

        Assert.Equal(1, await world.Server.DeregisterAsync("alice", reason));
        await world.DelayAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("SignedIn → SignedOut (Deregistered)", alice.HistoryOf(alice.Client)[^1]);
        Assert.Equal(0, await CountAsync(world.Server));
        // She may come back if she wants to.
        await alice.Client.SignInAsync(alice.Address);
    });

    [Fact]
    public void Alice_is_moved_to_another_server_and_follows() => TellOfTwo(async (world, home) =>
    {
        var alice = await world.SignInAsync("alice");

        await world.Server.MoveUserAsync("alice", Second);
        await world.DelayAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(
            ["SignedIn → SigningIn (Moved)", "SigningIn → SigningIn (SignInDelayed)", "SigningIn → SignedIn (SignedIn)"], alice.HistoryOf(alice.Client).TakeLast(3));
        Assert.Equal((0, 1), (await CountAsync(world.Server), await CountAsync(home)));
    });

    [Fact]
    public void Alice_gets_another_registrar_and_goes_there_at_once() => TellOfTwo(async (world, other) =>
    {
        var alice = await world.SignInAsync("alice");

        await world.Server.ChangeRegistrarAsync("alice", Second);
        await world.DelayAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((0, 1), (await CountAsync(world.Server), await CountAsync(other)));
        Assert.Equal("SigningIn → SignedIn (SignedIn)", alice.HistoryOf(alice.Client)[^1]);
        // The NOTIFY says where: nobody had to ask the first again.
        Assert.Equal(1, world.Wire.Count("alice → server REGISTER alice registration"));
    });

    [Fact]
    public void A_backup_keeps_Alice_signed_in_while_her_server_is_gone_and_sends_her_back() => World.Tell(
        async world =>
        {
            var backup = await StartSecondAsync(world, options => options with { HomeServer = First });
            var alice = await world.SignInAsync("alice");
            Assert.Equal((1, 0), (await CountAsync(world.Server), await CountAsync(backup)));

            await backup.SetHomeServerStateAsync(First, HomeServerState.TakenOver);
            await world.Server.DisposeAsync();
            await world.DelayAsync(TimeSpan.FromMinutes(1));
            Assert.Equal((ClientState.SignedIn, 1), (alice.Client.State, await CountAsync(backup)));

            await using var again = new UcServer(Options(world, First), world.NextRuntime(), ServerSeams.None);
            await again.StartAsync();
            await backup.SetHomeServerStateAsync(First, HomeServerState.Available);
            await world.DelayAsync(TimeSpan.FromMinutes(1));
            Assert.Equal((ClientState.SignedIn, 0, 1), (alice.Client.State, await CountAsync(backup), await CountAsync(again)));

            await alice.Client.SignOutAsync();
            await backup.DisposeAsync();
        },
        new WorldOptions { Client = options => options with { BackupServers = [Second] } });

    [Fact]
    public void Maintenance_makes_Alice_wait_as_long_as_the_server_says() => World.Tell(async world =>
    {
        await world.Server.BeginMaintenanceAsync(TimeSpan.FromSeconds(30));
        var alice = world.Introduce("alice");
        var signingIn = world.Begin(alice.Client.SignInAsync(alice.Address));

        await world.UntilAsync("server → alice 503 REGISTER alice");
        await world.Server.EndMaintenanceAsync();
        await world.DelayAsync(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await CountAsync(world.Server));
        await world.DelayAsync(TimeSpan.FromSeconds(10));

        Assert.Null(await signingIn);
        Assert.Equal(1, await CountAsync(world.Server));
    });

    [Fact]
    public void Keep_alives_keep_Alice_signed_in() => World.Tell(
        async world =>
        {
            var alice = await world.SignInAsync("alice");
            // Her keep-alives keep her there for hours.
            await world.DelayAsync(TimeSpan.FromHours(1));
            Assert.Equal(2, alice.HistoryOf(alice.Client).Count);
            Assert.Equal(1, await CountAsync(world.Server));
        },
        new WorldOptions { Server = options => options with { KeepAliveGrace = TimeSpan.FromSeconds(30) } });

    private static void TellOfTwo(Func<World, UcServer, Task> story, Func<UcServerOptions, UcServerOptions>? first = null) => World.Tell(
        async world =>
        {
            await using var second = await StartSecondAsync(world);
            await story(world, second);
            foreach (var person in world.People)
            {
                await person.Client.SignOutAsync();
            }
        },
        new WorldOptions { Server = first });

    private static async Task<UcServer> StartSecondAsync(World world, Func<UcServerOptions, UcServerOptions>? change = null)
    {
        var options = Options(world, Second);
        var server = new UcServer(change is null ? options : change(options), world.NextRuntime(), ServerSeams.None);
        await server.StartAsync();
        return server;
    }

    private static UcServerOptions Options(World world, SipTransportAddress listen) => new()
    {
        Domain = World.Domain,
        Users = [new("alice") { DisplayName = "Alice" }],
        Listen = [listen],
        Network = world.Network,
        MediaNetwork = world.NextMediaHost(),
    };

    private static async Task<int> CountAsync(UcServer server) => (await server.GetEndpointsAsync()).Count;
}
