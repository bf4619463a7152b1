namespace UcSdk.Interop.Tests;

/// <summary>The Lab as a client that we did not write meets it.</summary>
public sealed class LabTests
{
    // OpenSSL's client ends when its input does.
    private static readonly string[] WithoutInput = ["-c", "exec \"$0\" \"$@\" </dev/null"];

    [Theory]
    [InlineData("tcp", "t1")]
    [InlineData("udp", "u1")]
    public async Task Sipp_signs_in_is_provisioned_makes_a_conference_joins_its_focus_and_leaves(string transport, string sippTransport)
    {
        var sipp = Peer.Require("sipp", "sip-tester");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var lab = await LabProcess.StartAsync(transport, limit.Token, "--user", "alice");

        var scenario = Path.Combine(AppContext.BaseDirectory, "Scenarios", "meeting.xml");
        await PeerProcess.RunAsync(sipp, [lab.HostAndPort, "-sf", scenario, "-m", "1", "-t", sippTransport, "-i", "127.0.0.1", "-nostdin", "-timeout", "20", "-timeout_error"], limit.Token);

        await lab.StopAsync(limit.Token);
        Assert.Empty(lab.Errors);
    }

    [Fact]
    public async Task Sipp_answers_for_a_user_with_a_password_and_the_password_is_never_printed()
    {
        var sipp = Peer.Require("sipp", "sip-tester");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var lab = await LabProcess.StartAsync("tcp", limit.Token, "--user", "alice:wonderland", "--user", "bob", "--auth", "digest", "--digest", "MD5", "--trace");

        var scenario = Path.Combine(AppContext.BaseDirectory, "Scenarios", "password.xml");
        // Without being told, SIPp names its peer's address in the credentials, and not the Request-URI.
        await PeerProcess.RunAsync(sipp, [lab.HostAndPort, "-sf", scenario, "-m", "1", "-t", "t1", "-i", "127.0.0.1", "-nostdin", "-timeout", "20", "-timeout_error", "-auth_uri", "contoso.test"], limit.Token);

        await lab.StopAsync(limit.Token);
        Assert.Empty(lab.Errors);
        Assert.Contains("sip:alice@contoso.test (password), sip:bob@contoso.test", lab.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wonderland", lab.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Openssl_trusts_the_written_authority_and_finds_the_server_to_be_who_it_says()
    {
        var openssl = Peer.Require("openssl", "openssl");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var directory = new TempDirectory();
        var authority = directory["ca.pem"];
        await using var lab = await LabProcess.StartAsync("tls", limit.Token, "--domain", "fabrikam.test", "--write-ca", authority);

        string[] connect = [.. WithoutInput, openssl, "s_client", "-connect", lab.HostAndPort, "-CAfile", authority, "-verify_return_error", "-brief", "-verify_hostname"];
        await PeerProcess.RunAsync("sh", [.. connect, "sip.fabrikam.test"], limit.Token);
        await using var mistaken = PeerProcess.Start("sh", [.. connect, "sip.contoso.test"]);
        Assert.NotEqual(0, await mistaken.WaitForExitAsync(limit.Token));
        Assert.Contains("hostname mismatch", mistaken.Output + mistaken.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_certificate_that_openssl_made_is_shown_to_who_connects()
    {
        var openssl = Peer.Require("openssl", "openssl");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var directory = new TempDirectory();
        var (key, certificate, both) = (directory["key.pem"], directory["cert.pem"], directory["both.pem"]);
        await PeerProcess.RunAsync(
            openssl,
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=fabrikam.test", "-addext", "subjectAltName=DNS:fabrikam.test"],
            limit.Token);
        await File.WriteAllTextAsync(both, await File.ReadAllTextAsync(certificate, limit.Token) + await File.ReadAllTextAsync(key, limit.Token), limit.Token);
        await using var lab = await LabProcess.StartAsync("tls", limit.Token, "--tls-certificate", both);

        await PeerProcess.RunAsync(
            "sh",
            [.. WithoutInput, openssl, "s_client", "-connect", lab.HostAndPort, "-CAfile", certificate, "-verify_return_error", "-brief", "-verify_hostname", "fabrikam.test"],
            limit.Token);
    }

    [Theory]
    [InlineData("--user", "alice:", "Lab: --user: the password of alice is empty.")]
    [InlineData("--user", "al ice:wonderland", "Lab: --user: al ice is not the user part of a SIP URI.")]
    [InlineData("--listen", "sctp://127.0.0.1:0", "Lab: --listen takes tcp://ADDRESS:PORT, tls://ADDRESS:PORT or udp://ADDRESS:PORT, not sctp://127.0.0.1:0.")]
    [InlineData("--auth", "ntlm,basic", "Lab: --auth takes a list of kerberos, ntlm and digest, each once, not ntlm,basic.")]
    [InlineData("--auth", "ntlm,ntlm", "Lab: --auth takes a list of kerberos, ntlm and digest, each once, not ntlm,ntlm.")]
    [InlineData("--registration-expires", "0", "Lab: --registration-expires takes a number of seconds, 1 or more, not 0.")]
    [InlineData("--digest", "SHA-512-256", "Lab: --digest takes SHA-256, MD5, SHA-256-sess, MD5-sess, not SHA-512-256.")]
    public async Task An_unusable_option_ends_with_2_and_one_line_without_the_password(string option, string value, string line)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var lab = PeerProcess.Start("dotnet", Sample.Assembly("Lab"), option, value);
        Assert.Equal(2, await lab.WaitForExitAsync(limit.Token));
        Assert.Equal(line, lab.Errors.Trim());
    }
}
