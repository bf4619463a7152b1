namespace UcSdk.Interop.Tests;

/// <summary>The Lab as a client that we did not write meets it.</summary>
public sealed class LabTests
{
    [Fact]
    public async Task Sipp_signs_in_is_provisioned_makes_a_conference_joins_its_focus_and_leaves()
    {
        var sipp = Peer.Require("sipp", "sip-tester");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var lab = PeerProcess.Start("dotnet", Sample.Assembly("Lab"), "--listen", "tcp://127.0.0.1:0", "--user", "alice");
        await lab.WaitForTextAsync("Ctrl+C ends.", limit.Token);
        var address = lab.Output.Split('\n').Single(line => line.StartsWith("Listening on tcp://", StringComparison.Ordinal))["Listening on tcp://".Length..].Trim();

        var scenario = Path.Combine(AppContext.BaseDirectory, "Scenarios", "meeting.xml");
        await PeerProcess.RunAsync(sipp, [address, "-sf", scenario, "-m", "1", "-t", "t1", "-i", "127.0.0.1", "-nostdin", "-timeout", "20", "-timeout_error"], limit.Token);

        await lab.InterruptAsync(limit.Token);
        Assert.Empty(lab.Errors);
    }

    [Fact]
    public async Task Sipp_answers_for_a_user_with_a_password_and_the_password_is_never_printed()
    {
        var sipp = Peer.Require("sipp", "sip-tester");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var lab = PeerProcess.Start(
            "dotnet", Sample.Assembly("Lab"), "--listen", "tcp://127.0.0.1:0", "--user", "alice:wonderland", "--user", "bob", "--digest", "MD5", "--trace");
        await lab.WaitForTextAsync("Ctrl+C ends.", limit.Token);
        var address = lab.Output.Split('\n').Single(line => line.StartsWith("Listening on tcp://", StringComparison.Ordinal))["Listening on tcp://".Length..].Trim();

        var scenario = Path.Combine(AppContext.BaseDirectory, "Scenarios", "password.xml");
        // Without being told, SIPp names its peer's address in the credentials, and not the Request-URI.
        await PeerProcess.RunAsync(sipp, [address, "-sf", scenario, "-m", "1", "-t", "t1", "-i", "127.0.0.1", "-nostdin", "-timeout", "20", "-timeout_error", "-auth_uri", "contoso.test"], limit.Token);

        await lab.InterruptAsync(limit.Token);
        Assert.Empty(lab.Errors);
        Assert.Contains("sip:alice@contoso.test (password), sip:bob@contoso.test", lab.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wonderland", lab.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--user", "alice:", "Lab: --user: the password of alice is empty.")]
    [InlineData("--user", "al ice:wonderland", "Lab: --user: al ice is not the user part of a SIP URI.")]
    [InlineData("--digest", "SHA-512-256", "Lab: --digest takes SHA-256, MD5, SHA-256-sess, MD5-sess, not SHA-512-256.")]
    public async Task An_unusable_option_ends_with_2_and_one_line_without_the_password(string option, string value, string line)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var lab = PeerProcess.Start("dotnet", Sample.Assembly("Lab"), option, value);
        Assert.Equal(2, await lab.WaitForExitAsync(limit.Token));
        Assert.Equal(line, lab.Errors.Trim());
    }
}
