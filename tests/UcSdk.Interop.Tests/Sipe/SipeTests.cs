namespace UcSdk.Interop.Tests;

/// <summary>SIPE at the Lab, without passwords.</summary>
public sealed class SipeTests
{
    private const string Registered = "process_register_response: got response to REGISTER; expires = 32";

    [Theory]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task Alice_signs_in_is_provisioned_refreshes_and_signs_out(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var directory = new TempDirectory();
        var authority = directory["ca.pem"];
        // SIPE refreshes 30 seconds before the end.
        await using var lab = await LabProcess.StartAsync(transport, limit.Token, "--user", "alice", "--registration-expires", "32", "--write-ca", authority, "--control");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "unasked", authority, limit.Token);

        await alice.SignInAsync(limit.Token);
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);
        await alice.WaitForLogAsync(Registered, 3, limit.Token);
        await alice.SignOutAsync(limit.Token);

        Assert.Contains(alice.Log.Received, message => message.Contains("<focusFactoryUri>", StringComparison.Ordinal));
        Assert.Equal(["added", "refreshed", "refreshed"], alice.Log.RegisterActions.Take(3));
        await lab.WaitForTextAsync(LabProcess.Unregistered, 1, limit.Token);
        Assert.Empty(lab.Errors);
    }

    [Theory]
    [InlineData("contoso.test", "no certificate that can verify it is currently trusted")] // for the right host, of an unknown authority
    [InlineData("fabrikam.test", "claims to be from \"fabrikam.test\" instead")] // for another host
    public async Task A_certificate_that_nobody_vouches_for_is_left_to_her_and_her_no_ends_it(string domain, string reason)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var directory = new TempDirectory();
        var authority = directory["ca.pem"];
        await using var lab = await LabProcess.StartAsync("tls", limit.Token, "--user", "alice", "--domain", domain, "--write-ca", authority, "--trace");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "unasked", domain == "contoso.test" ? null : authority, limit.Token);

        await alice.SignInAsync(limit.Token);
        await alice.HearAsync("Accept certificate for sip.contoso.test?", limit.Token);
        await alice.HearAsync(reason, limit.Token);
        await alice.SayAsync("no", limit.Token);
        await alice.HearAsync("Login error", limit.Token);
        Assert.DoesNotContain("REGISTER", lab.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_server_comes_back_she_is_signed_in_again()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var lab = await LabProcess.StartAsync("tcp", limit.Token, "--user", "alice");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "unasked", null, limit.Token);
        await alice.SignInAsync(limit.Token);
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);

        await lab.StopAsync(limit.Token);
        await alice.HearAsync("Server has disconnected", limit.Token);
        await using var restarted = await LabProcess.StartAsync(lab.Address, limit.Token, "--user", "alice");
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);
        Assert.Empty(restarted.Errors);
    }

    [Theory]
    [InlineData("rejected", "User disabled")]
    [InlineData("unregistered", "Endpoint unregistered by the server")]
    [InlineData("deactivated", "User is being moved to another server")]
    public async Task The_server_takes_her_registration_away_and_her_client_tells_her_why(string reason, string told)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var lab = await LabProcess.StartAsync("tcp", limit.Token, "--user", "alice", "--control");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "unasked", null, limit.Token);
        await alice.SignInAsync(limit.Token);
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);

        await lab.CommandAsync($"deregister alice {reason}", limit.Token);
        Assert.Equal($"sipe - Error: You have been rejected by the server: {told}", await alice.HearAsync("You have been rejected", limit.Token));
        Assert.Empty(lab.Errors);
    }

    [Fact]
    public async Task What_alice_says_bob_hears_and_answers()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var lab = await LabProcess.StartAsync("tcp", limit.Token, "--user", "alice", "--user", "bob");
        await using var alice = await SipeUser.StartAsync(lab.Address, "alice", "unasked", null, limit.Token);
        await using var bob = await SipeUser.StartAsync(lab.Address, "bob", "unasked", null, limit.Token);
        await alice.SignInAsync(limit.Token);
        await bob.SignInAsync(limit.Token);
        await alice.HearAsync(SipeUser.LoggedIn, limit.Token);
        await bob.HearAsync(SipeUser.LoggedIn, limit.Token);

        await SipeUser.TalkAsync(alice, bob, limit.Token);
        Assert.Empty(lab.Errors);
    }
}
