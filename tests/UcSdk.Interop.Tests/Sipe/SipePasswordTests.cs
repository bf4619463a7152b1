namespace UcSdk.Interop.Tests;

/// <summary>SIPE at a Lab that asks for passwords by NTLM, and signs everything from then on ([MS-SIPAE] §3.2).</summary>
public sealed class SipePasswordTests
{
    private const string Registered = "process_register_response: got response to REGISTER; expires = 32";

    [Theory]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task She_proves_her_password_and_finds_every_signature_right_also_of_refreshes(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var directory = new TempDirectory();
        var authority = directory["ca.pem"];
        // SIPE refreshes 30 seconds before the end.
        await using var lab = await LabProcess.StartAsync(transport, limit.Token, "--user", "alice:wonderland", "--registration-expires", "32", "--write-ca", authority, "--trace", "--control");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "wonderland", authority, limit.Token);

        await alice.SignInAsync(limit.Token);
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);
        await alice.WaitForLogAsync(Registered, 3, limit.Token);
        await alice.SignOutAsync(limit.Token);
        await lab.WaitForTextAsync(LabProcess.Unregistered, 1, limit.Token);

        // Asked without, asked with the empty token, proved: three round trips, and not one more for a refresh.
        Assert.Equal(["401", "401", "200", "200", "200"], alice.Log.RegisterStatuses.Take(5));
        // Three registrations and the settings.
        alice.Log.RequireEverySignatureValidated(atLeast: 4);
        Assert.Contains(alice.Log.Received, message => message.Contains("<focusFactoryUri>", StringComparison.Ordinal));
        Assert.DoesNotContain("wonderland", lab.Output, StringComparison.Ordinal);
        Assert.Empty(lab.Errors);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_her_client_says_so_and_gives_up()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var lab = await LabProcess.StartAsync("tcp", limit.Token, "--user", "alice:wonderland");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "looking-glass", null, limit.Token);

        await alice.SignInAsync(limit.Token);
        Assert.Equal("sipe - Login error: Authentication failed", await alice.HearAsync("Login error", limit.Token));
        Assert.Equal("sipe - Logging in: Signing off..", await alice.HearAsync("sipe - ", limit.Token));
        await alice.StopAsync(limit.Token);

        Assert.Equal(["401", "401", "401"], alice.Log.RegisterStatuses);
        Assert.False(alice.Log.Contains("Reconnecting"));
        Assert.Empty(lab.Errors);
    }

    [Fact]
    public async Task When_the_server_comes_back_she_proves_her_password_anew()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var lab = await LabProcess.StartAsync("tcp", limit.Token, "--user", "alice:wonderland");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "wonderland", null, limit.Token);
        await alice.SignInAsync(limit.Token);
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);

        await lab.StopAsync(limit.Token);
        await alice.HearAsync("Server has disconnected", limit.Token);
        await using var restarted = await LabProcess.StartAsync(lab.Address, limit.Token, "--user", "alice:wonderland");
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);
        await alice.SignOutAsync(limit.Token);

        Assert.Equal(["401", "401", "200", "401", "401", "200"], alice.Log.RegisterStatuses.Take(6));
        alice.Log.RequireEverySignatureValidated(atLeast: 2);
        Assert.Empty(restarted.Errors);
    }

    [Theory]
    [InlineData("rejected", "User disabled")]
    [InlineData("unregistered", "Endpoint unregistered by the server")]
    [InlineData("deactivated", "User is being moved to another server")]
    public async Task The_server_takes_her_registration_away_and_her_client_tells_her_why(string reason, string told)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var lab = await LabProcess.StartAsync("tcp", limit.Token, "--user", "alice:wonderland", "--control");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "wonderland", null, limit.Token);
        await alice.SignInAsync(limit.Token);
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);

        await lab.CommandAsync($"deregister alice {reason}", limit.Token);
        Assert.Equal($"sipe - Error: You have been rejected by the server: {told}", await alice.HearAsync("You have been rejected", limit.Token));
        await alice.StopAsync(limit.Token);

        // SIPE says goodbye to a server that knows her no more; what it hears is signed to the end.
        alice.Log.RequireEverySignatureValidated(atLeast: 2);
        Assert.Contains(alice.Log.Received, message => message.StartsWith("NOTIFY ", StringComparison.Ordinal) && message.Contains($"deregistered;event={reason}", StringComparison.Ordinal));
        Assert.Empty(lab.Errors);
    }

    [Fact]
    public async Task What_alice_says_bob_hears_signed_again_on_his_side()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var lab = await LabProcess.StartAsync("tcp", limit.Token, "--user", "alice:wonderland", "--user", "bob:builder");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "wonderland", null, limit.Token);
        await using var bob = await SipeUser.StartAsync(lab.Address, "bob", "builder", null, limit.Token);
        await alice.SignInAsync(limit.Token);
        await bob.SignInAsync(limit.Token);
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);
        await bob.HearAsync(SipeUser.LoggedIn, limit.Token);

        await SipeUser.TalkAsync(alice, bob, limit.Token);
        await alice.SignOutAsync(limit.Token);
        await bob.SignOutAsync(limit.Token);

        // alice: her registration and the answers to her INVITE and MESSAGE, and bob's MESSAGE; bob: his registration, alice's INVITE and MESSAGE, and the answer to his.
        alice.Log.RequireEverySignatureValidated(atLeast: 4);
        bob.Log.RequireEverySignatureValidated(atLeast: 4);
        // Nothing of one side's association comes to the other.
        Assert.All(alice.Log.Received.Concat(bob.Log.Received), message => Assert.DoesNotContain("\nAuthorization:", message, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(lab.Errors);
    }

    [Fact]
    public async Task Tshark_reads_what_she_and_the_Lab_say_without_a_fault()
    {
        var tshark = Peer.Require("tshark", "tshark");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var directory = new TempDirectory();
        var file = directory["lab.pcapng"];
        await using var lab = await LabProcess.StartAsync("tcp", limit.Token, "--user", "alice:wonderland", "--capture", file, "--control");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "wonderland", null, limit.Token);
        await alice.SignInAsync(limit.Token);
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);
        await alice.SignOutAsync(limit.Token);
        await lab.WaitForTextAsync(LabProcess.Unregistered, 1, limit.Token);
        await lab.StopAsync(limit.Token);

        var capture = new Capture(tshark, file);
        Assert.Empty(await capture.ReadAsync("_ws.malformed", ["frame.number", "_ws.col.Info"], limit.Token));
        var messages = await capture.ReadSipAsync(limit.Token);
        Assert.Equal(["401", "401", "200"], messages.Where(message => message.Status != "" && message.CSeqMethod == "REGISTER").Select(message => message.Status).Take(3));
        // What proves the password is not in it.
        Assert.Empty(await capture.ReadAsync("frame contains \"TlRMTVNTU\"", ["frame.number"], limit.Token));
    }
}
