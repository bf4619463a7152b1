using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A client at embedded servers that restart, send it home, stand in for each other and throw it out.</summary>
public sealed class PoolTests
{
    private const string Back = "SigningIn → SignedIn (SignedIn)";
    private const string Waits = "SigningIn → SigningIn (SignInDelayed)";

    [Fact]
    public void A_server_that_restarts_has_its_client_back() => Pool.Run(async pool =>
    {
        var server = await pool.StartAsync("sip");
        var (alice, states) = await pool.SignInAsync("desk", "sip");
        var gruu = alice.Self!.Gruu;

        await server.DisposeAsync();
        await pool.DelayAsync(20);
        Assert.Equal(ClientState.SigningIn, alice.State);
        var again = await pool.StartAsync("sip");
        await alice.WaitForStateAsync(ClientState.SignedIn);

        Assert.Equal("SignedIn → SigningIn (ConnectionLost)", states.Log[2]);
        Assert.Equal((1, gruu), (await Pool.CountAsync(again), alice.Self!.Gruu));
    });

    [Fact]
    public void A_backup_takes_the_client_over_and_hands_it_back() => Pool.Run(async pool =>
    {
        var backup = await pool.StartAsync("dir", options => options with { HomeServer = Pool.At("home") });
        var home = await pool.StartAsync("home");
        var (alice, states) = await pool.SignInAsync("desk", "dir");
        Assert.Equal((0, 1), (await Pool.CountAsync(backup), await Pool.CountAsync(home)));

        // Nobody stands in yet: the client asks both.
        await home.DisposeAsync();
        await pool.DelayAsync(30);
        Assert.Equal(ClientState.SigningIn, alice.State);

        await backup.SetHomeServerStateAsync(Pool.At("home"), HomeServerState.TakenOver);
        await alice.WaitForStateAsync(ClientState.SignedIn);
        Assert.Equal(1, await Pool.CountAsync(backup));

        var young = await pool.StartAsync("home");
        await backup.SetHomeServerStateAsync(Pool.At("home"), HomeServerState.Available);
        await alice.WaitForStateAsync(ClientState.SigningIn);
        await alice.WaitForStateAsync(ClientState.SignedIn);
        await pool.DelayAsync(1);

        Assert.Equal((0, 1), (await Pool.CountAsync(backup), await Pool.CountAsync(young)));
        Assert.Equal(["SignedIn → SigningIn (Moved)", Waits, Back], states.Log[^3..]);
        Assert.Equal(DeregistrationReason.PreferredRegistrarChange, states.Items[^3].Deregistration!.Reason);
    });

    [Fact]
    public void Who_is_moved_to_another_server_finds_it() => Pool.Run(async pool =>
    {
        var old = await pool.StartAsync("sip");
        var home = await pool.StartAsync("home");
        var (alice, states) = await pool.SignInAsync("desk", "sip");

        await old.MoveUserAsync("alice", Pool.At("home"));
        await pool.DelayAsync(5);

        Assert.Equal((ClientState.SignedIn, 0, 1), (alice.State, await Pool.CountAsync(old), await Pool.CountAsync(home)));
        Assert.Equal(["SignedIn → SigningIn (Moved)", Waits, Back], states.Log[^3..]);
        Assert.Equal(DeregistrationReason.Deactivated, states.Items[^3].Deregistration!.Reason);
    });

    [Theory]
    [InlineData(DeregistrationReason.Unregistered)]
    [InlineData(DeregistrationReason.Rejected)]
    public void What_is_final_is_final(DeregistrationReason reason) => Pool.Run(async pool =>
    {
        var server = await pool.StartAsync("sip");
        var (_, states) = await pool.SignInAsync("desk", "sip");

        await server.DeregisterAsync("alice", reason);
        await pool.DelayAsync(60);

        Assert.Equal("SignedIn → SignedOut (Deregistered)", states.Log[^1]);
        Assert.Equal(reason, states.Items[^1].Deregistration!.Reason);
        Assert.Equal(0, await Pool.CountAsync(server));
    });

    [Fact]
    public void Who_is_disabled_is_signed_out_and_not_let_in_again() => Pool.Run(async pool =>
    {
        var server = await pool.StartAsync("sip");
        var (alice, states) = await pool.SignInAsync("desk", "sip");

        await server.DisableUserAsync("alice");
        await pool.DelayAsync(1);

        Assert.Equal("SignedIn → SignedOut (Deregistered)", states.Log[^1]);
        var refused = await Assert.ThrowsAsync<RegisterException>(() => alice.SignInAsync("sip:alice@contoso.test"));
        Assert.Equal(404, refused.StatusCode);
        await server.EnableUserAsync("alice");
        await alice.SignInAsync("sip:alice@contoso.test");
    });

    [Fact]
    public void Maintenance_is_waited_for_as_long_as_the_server_says() => Pool.Run(async pool =>
    {
        var server = await pool.StartAsync("sip");
        await server.BeginMaintenanceAsync(TimeSpan.FromSeconds(45));
        var delays = new Recorder<SignInDelay>();
        var alice = pool.CreateClient("desk", "sip");
        alice.SignInDelayed.Subscribe(delays);
        var signingIn = alice.SignInAsync("sip:alice@contoso.test");
        await pool.DelayAsync(10);
        await server.EndMaintenanceAsync();

        await signingIn;

        Assert.Equal((TimeSpan.FromSeconds(45), 503), (delays.Items.Single().EstimatedStartDelay, delays.Items[0].StatusCode));
    });

    [Fact]
    public void Another_user_of_the_client_is_not_sent_where_the_first_was_at_home() => Pool.Run(async pool =>
    {
        var director = await pool.StartAsync("dir", options => options with { Users = [new("alice") { HomeServer = Pool.At("home") }, new("bob")] });
        await pool.StartAsync("home");
        var (client, _) = await pool.SignInAsync("desk", "dir");
        var first = await client.ExportAsync();
        await client.SignOutAsync();

        await client.SignInAsync("sip:bob@contoso.test");

        Assert.Equal(1, await Pool.CountAsync(director));
        var second = await client.ExportAsync();
        Assert.Empty(second.HomeServers);
        Assert.NotEqual(first.CallId, second.CallId);
        Assert.Equal(first.Epid, second.Epid);
    });

    [Fact]
    public void The_server_refreshes_the_binding_of_a_resumed_endpoint_and_makes_no_second() => Pool.Run(async pool =>
    {
        var server = await pool.StartAsync("sip");
        var (desk, _) = await pool.SignInAsync("desk", "sip");
        var snapshot = await desk.ExportAsync();

        var laptop = pool.CreateClient("laptop", "sip", options => options with { Resume = snapshot });
        await laptop.SignInAsync("sip:alice@contoso.test");

        Assert.Equal(1, await Pool.CountAsync(server));
        Assert.Equal(snapshot.Gruu, laptop.Self!.Gruu);

        // What the first process still says is behind the times.
        await desk.DisposeAsync();
        await pool.DelayAsync(1);
        Assert.Equal(1, await Pool.CountAsync(server));
        await laptop.SignOutAsync();
        Assert.Equal(0, await Pool.CountAsync(server));
    });

    [Fact]
    public void Several_endpoints_of_a_user_leave_one_by_one() => Pool.Run(async pool =>
    {
        var server = await pool.StartAsync("sip");
        var (desk, _) = await pool.SignInAsync("desk", "sip");
        var (laptop, _) = await pool.SignInAsync("laptop", "sip");
        Assert.Equal(2, await Pool.CountAsync(server));
        Assert.NotEqual(desk.Self!.Gruu, laptop.Self!.Gruu);

        await desk.SignOutAsync();

        Assert.Equal((1, ClientState.SignedIn), (await Pool.CountAsync(server), laptop.State));
    });
}
