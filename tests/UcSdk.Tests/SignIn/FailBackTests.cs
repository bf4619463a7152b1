namespace UcSdk.Tests;

/// <summary>A client that is signed in at a backup goes back to its primary when that is there again.</summary>
public sealed class FailBackTests
{
    private readonly Recorder<SignInProgress> _stages = new();

    [Fact]
    public void The_primary_is_gone_back_to_at_the_announced_tick_and_the_backup_is_left_in_order() => Pool.Run(async pool =>
    {
        var backup = await pool.StartAsync("backup");
        var (alice, states) = await SignInAsync(pool);
        await pool.DelayAsync(1);
        var wait = _stages.Items[^1];
        Assert.Equal((SignInStage.AtBackup, Pool.At("sip"), 503, 0), (wait.Stage, wait.Server, wait.StatusCode, wait.Attempt));
        Assert.InRange(wait.NextAttempt!.Value - wait.When, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        Assert.Equal(503, Assert.IsType<RegisterException>(wait.Cause).StatusCode);

        var primary = await pool.StartAsync("sip");
        await alice.WaitForStateAsync(ClientState.SigningIn);
        await alice.WaitForStateAsync(ClientState.SignedIn);
        await pool.DelayAsync(1);

        Assert.Equal((1, 0), (await Pool.CountAsync(primary), await Pool.CountAsync(backup)));
        Assert.Equal(["SignedIn → SigningIn (ReturnedToPrimary)", "SigningIn → SignedIn (SignedIn)"], states.Log[2..]);
        var back = _stages.Items.SkipWhile(stage => stage != wait).Skip(1).ToArray();
        Assert.Equal([SignInStage.Connect, SignInStage.Register, SignInStage.Provision, SignInStage.Done], back.Select(stage => stage.Stage));
        Assert.All(back, stage => Assert.Equal((Pool.At("sip"), 1), (stage.Server, stage.Attempt)));
        Assert.Equal(wait.NextAttempt, back[0].When);
        Assert.True(alice.Self!.CanMeet);
    });

    [Fact]
    public void A_primary_that_stays_away_is_asked_less_and_less_and_nobody_notices() => Pool.Run(async pool =>
    {
        var backup = await pool.StartAsync("backup");
        var (alice, states) = await SignInAsync(pool);

        await pool.DelayAsync(3600);

        Assert.Equal((ClientState.SignedIn, 2, 1), (alice.State, states.Items.Count, await Pool.CountAsync(backup)));
        var waits = _stages.Items.Where(stage => stage.Stage == SignInStage.AtBackup).Select(stage => (stage.NextAttempt!.Value - stage.When).TotalSeconds).ToArray();
        Assert.InRange(waits.Length, 8, 16);
        for (var n = 0; n < waits.Length; n++)
        {
            var bound = Math.Min(600, 30 * Math.Pow(2, n + 1));
            Assert.InRange(waits[n], bound / 2, bound);
        }
    });

    [Fact]
    public void A_primary_in_maintenance_is_believed_about_its_time() => Pool.Run(async pool =>
    {
        var backup = await pool.StartAsync("backup");
        var primary = await pool.StartAsync("sip");
        await primary.BeginMaintenanceAsync(TimeSpan.FromMinutes(20));
        var (alice, states) = await SignInAsync(pool);
        await pool.DelayAsync(1);

        var wait = _stages.Items[^1];
        Assert.Equal((SignInStage.AtBackup, 503, TimeSpan.FromMinutes(20)), (wait.Stage, wait.StatusCode, wait.NextAttempt - wait.When));
        await pool.DelayAsync(1200);
        Assert.Equal((ClientState.SignedIn, 2), (alice.State, states.Items.Count));

        await primary.EndMaintenanceAsync();
        await pool.DelayAsync(1250);
        Assert.Equal((1, 0), (await Pool.CountAsync(primary), await Pool.CountAsync(backup)));
    });

    [Fact]
    public void It_waits_for_the_end_of_what_is_talked_about() => Pool.Run(async pool =>
    {
        var backup = await pool.StartAsync("backup");
        var (alice, states) = await SignInAsync(pool);
        var meeting = await alice.ConversationManager.MeetNowAsync();
        await meeting.JoinAsync();
        var primary = await pool.StartAsync("sip");

        await pool.DelayAsync(1800);
        Assert.Equal((2, ConversationState.Active), (states.Items.Count, meeting.State));
        Assert.Equal((0, 1), (await Pool.CountAsync(primary), await Pool.CountAsync(backup)));

        await meeting.EndAsync();
        await pool.DelayAsync(601);
        Assert.Equal((1, 0), (await Pool.CountAsync(primary), await Pool.CountAsync(backup)));
    });

    [Fact]
    public void Where_the_options_say_so_conversations_end_as_with_any_connection() => Pool.Run(async pool =>
    {
        await pool.StartAsync("backup");
        var (alice, _) = await SignInAsync(pool, options => options with { FailBack = new() { EndsConversations = true } });
        var meeting = await alice.ConversationManager.MeetNowAsync();
        await meeting.JoinAsync();
        var talk = new Recorder<ConversationStateChange>();
        using var subscription = meeting.StateChanges.Subscribe(talk);
        await pool.StartAsync("sip");

        await alice.WaitForStateAsync(ClientState.SigningIn);
        await alice.WaitForStateAsync(ClientState.SignedIn);
        await pool.DelayAsync(1);

        Assert.Equal(["Active → Inactive (ModalitiesDisconnected)", "Inactive → Terminated (ConnectionLost)", "completed"], talk.Log);
    });

    [Fact]
    public void Where_nobody_wants_it_the_client_stays() => Pool.Run(async pool =>
    {
        var backup = await pool.StartAsync("backup");
        var (_, states) = await SignInAsync(pool, options => options with { FailBack = null });
        await pool.StartAsync("sip");

        await pool.DelayAsync(3600);

        Assert.Equal((2, 1), (states.Items.Count, await Pool.CountAsync(backup)));
        Assert.DoesNotContain(SignInStage.AtBackup, _stages.Items.Select(stage => stage.Stage));
    });

    [Fact]
    public void A_primary_that_does_not_know_the_user_is_not_asked_again() => Pool.Run(async pool =>
    {
        var backup = await pool.StartAsync("backup");
        var (alice, states) = await SignInAsync(pool);
        await pool.StartAsync("sip", options => options with { Users = [new("bob")] });

        await pool.DelayAsync(3600);

        var last = _stages.Items[^1];
        Assert.Equal((SignInStage.AtBackup, 404, null), (last.Stage, last.StatusCode, last.NextAttempt));
        Assert.Single(_stages.Items, stage => stage is { Stage: SignInStage.Register, Attempt: 1 } && stage.Server == Pool.At("sip"));
        Assert.Equal((ClientState.SignedIn, 2, 1), (alice.State, states.Items.Count, await Pool.CountAsync(backup)));
    });

    [Fact]
    public void Of_two_registrars_that_a_director_names_the_first_is_gone_back_to() => Pool.Run(async pool =>
    {
        await pool.StartAsync("sip", options => options with { HomeServer = Pool.At("home"), BackupServer = Pool.At("backup") });
        var backup = await pool.StartAsync("backup");
        var (alice, states) = await SignInAsync(pool, options => options with { BackupServers = [] });
        Assert.Equal(1, await Pool.CountAsync(backup));

        var home = await pool.StartAsync("home");
        await pool.DelayAsync(61);

        Assert.Equal((1, 0), (await Pool.CountAsync(home), await Pool.CountAsync(backup)));
        Assert.Equal("SignedIn → SigningIn (ReturnedToPrimary)", states.Log[2]);
        Assert.Equal(Pool.At("home"), (await alice.ExportAsync()).Server);
    });

    [Fact]
    public void A_primary_that_says_that_the_user_is_at_home_at_the_backup_is_believed() => Pool.Run(async pool =>
    {
        var backup = await pool.StartAsync("backup");
        var (alice, states) = await SignInAsync(pool);
        await pool.StartAsync("sip", options => options with { HomeServer = Pool.At("backup") });

        await pool.DelayAsync(3600);

        Assert.Equal((2, 1), (states.Items.Count, await Pool.CountAsync(backup)));
        Assert.Equal([Pool.At("backup")], (await alice.ExportAsync()).HomeServers);
        Assert.Single(_stages.Items, stage => stage.Stage == SignInStage.AtBackup);
    });

    [Fact]
    public void A_backup_that_is_lost_on_the_way_is_no_obstacle() => Pool.Run(async pool =>
    {
        var backup = await pool.StartAsync("backup");
        var (alice, states) = await SignInAsync(pool);
        var primary = await pool.StartAsync("sip");

        await backup.DisposeAsync();
        await alice.WaitForStateAsync(ClientState.SigningIn);
        await alice.WaitForStateAsync(ClientState.SignedIn);
        await pool.DelayAsync(700);

        Assert.Equal(1, await Pool.CountAsync(primary));
        Assert.Equal("SignedIn → SigningIn (ConnectionLost)", states.Log[2]);
        Assert.Equal(5, states.Items.Count);
    });

    [Fact]
    public void Who_signs_out_while_the_primary_is_asked_is_signed_out_everywhere() => Pool.Run(async pool =>
    {
        var backup = await pool.StartAsync("backup");
        var (alice, _) = await SignInAsync(pool);
        await pool.DelayAsync(1);
        var wait = _stages.Items[^1];
        var primary = await pool.StartAsync("sip");
        await pool.DelayAsync((wait.NextAttempt!.Value - wait.When).TotalSeconds - 1 + 0.03);
        Assert.Equal(SignInStage.Register, _stages.Items[^1].Stage);

        await alice.SignOutAsync();
        await pool.DelayAsync(1);

        Assert.Equal((ClientState.SignedOut, 0, 0), (alice.State, await Pool.CountAsync(primary), await Pool.CountAsync(backup)));
        await pool.DelayAsync(3600);
        Assert.Equal(0, await Pool.CountAsync(primary));
    });

    [Theory]
    [InlineData(0, 60)]
    [InlineData(-1, 60)]
    [InlineData(61, 60)]
    public void Intervals_have_a_length_and_an_order(int start, int longest)
    {
        var options = new LyncClientOptions { FailBack = new() { BaseDelay = TimeSpan.FromSeconds(start), MaxDelay = TimeSpan.FromSeconds(longest) } };

        Assert.Throws<ArgumentOutOfRangeException>(() => new LyncClient(options));
    }

    private async Task<(LyncClient Client, Recorder<ClientStateChange> States)> SignInAsync(Pool pool, Func<LyncClientOptions, LyncClientOptions>? change = null)
    {
        var client = pool.CreateClient("desk", "sip", options =>
        {
            options = options with { BackupServers = [Pool.At("backup")] };
            return change?.Invoke(options) ?? options;
        });
        var states = new Recorder<ClientStateChange>();
        client.StateChanges.Subscribe(states);
        client.SignInProgress.Subscribe(_stages);
        await client.SignInAsync("sip:alice@contoso.test");
        return (client, states);
    }
}
