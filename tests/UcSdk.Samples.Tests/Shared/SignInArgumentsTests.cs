using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Samples.Tests;

/// <summary>The options of every sample that signs in.</summary>
public sealed class SignInArgumentsTests : IDisposable
{
    private static readonly string[] Bob = ["--uri", "sip:bob@contoso.test"];
    private readonly SampleRun _run = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ucsdk-samples-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task An_address_is_enough_and_leaves_the_server_to_discovery()
    {
        Assert.Equal(0, await _run.RunAsync(Bob));

        Assert.Equal(("sip:bob@contoso.test", null, null, false), (_run.Request!.Uri, _run.Options!.Server, _run.Options.Password, _run.Request.Json));
        Assert.Null(_run.Options.Tls.TrustedRoots);
        Assert.Null(_run.Options.Trace);
        Assert.Equal("", _run.Error);
    }

    [Fact]
    public async Task Everything_that_can_be_asked_for_arrives()
    {
        using var certificate = DevelopmentCertificate.Create("contoso.test");
        var trust = await WriteAsync("ca.pem", certificate.Authority.ExportCertificatePem());
        string[] args = [.. Bob, "--password", "Rumpelstiltskin", "--user-name", "CONTOSO\\bob", "--server", "tls://sip.contoso.test", "--trust", trust, "--json", "--ladder", In("a.svg")];

        Assert.Equal(0, await _run.RunAsync(args, (options, _) =>
        {
            Assert.False(options.Password!.IsCleared);
            Assert.Equal(certificate.Authority.Thumbprint, Assert.Single(options.Tls.TrustedRoots!).Thumbprint);
            Assert.NotNull(options.Trace);
            return Task.CompletedTask;
        }));

        Assert.Equal(new SipTransportAddress("TLS", "sip.contoso.test", 5061), _run.Options!.Server);
        Assert.Equal(("CONTOSO\\bob", true), (_run.Options.UserName, _run.Request!.Json));
        Assert.True(_run.Options.Password!.IsCleared);
    }

    [Theory]
    [InlineData("secret", null, true)]
    [InlineData("", null, false)]
    [InlineData(null, "secret", true)]
    [InlineData(null, null, false)]
    public async Task The_password_comes_from_the_option_or_from_the_environment(string? environment, string? option, bool isThere)
    {
        if (environment is not null)
        {
            _run.Environment["UCSDK_PASSWORD"] = environment;
        }

        Assert.Equal(0, await _run.RunAsync(option is null ? Bob : [.. Bob, "--password", option]));

        Assert.Equal(isThere, _run.Options!.Password is not null);
    }

    [Fact]
    public async Task The_option_goes_before_the_environment()
    {
        await using var server = await StartAsync(null);
        _run.Environment["UCSDK_PASSWORD"] = "wrong";

        Assert.Equal(0, await _run.RunAsync([.. Bob, "--password", "Rumpelstiltskin", "--server", $"{server.ListenAddresses[0]}"], SignInAsync));
    }

    [Theory]
    [InlineData("--uri", "bob", "--uri takes sip:USER@DOMAIN, not bob.")]
    [InlineData("--uri", "sip:contoso.test", "--uri takes sip:USER@DOMAIN, not sip:contoso.test.")]
    [InlineData("--uri", "tel:+15550100", "--uri takes sip:USER@DOMAIN, not tel:+15550100.")]
    [InlineData("--password", "", "--password: the password is empty.")]
    [InlineData("--server", "sip.contoso.test", "--server takes tcp://HOST:PORT, tls://HOST:PORT or udp://HOST:PORT, not sip.contoso.test.")]
    [InlineData("--server", "wss://sip.contoso.test:443", "--server takes tcp://HOST:PORT, tls://HOST:PORT or udp://HOST:PORT, not wss://sip.contoso.test:443.")]
    [InlineData("--server", "tcp://sip.contoso.test:0", "--server takes tcp://HOST:PORT, tls://HOST:PORT or udp://HOST:PORT, not tcp://sip.contoso.test:0.")]
    [InlineData("--trust", "no-such-file.pem", "--trust: no-such-file.pem cannot be used: ")]
    [InlineData("--capture", "no/such/directory/a.pcapng", "--capture: no/such/directory/a.pcapng cannot be written: ")]
    public async Task What_cannot_be_used_is_said_in_one_line_and_exit_code_2(string option, string value, string error)
    {
        string[] args = option == "--uri" ? [option, value] : [.. Bob, option, value];

        Assert.Equal(2, await _run.RunAsync(args));

        Assert.StartsWith($"Sample: {error}", _run.Error);
        Assert.Single(_run.Error.TrimEnd().Split('\n'));
        Assert.Null(_run.Options);
    }

    [Fact]
    public async Task Without_an_address_nobody_signs_in()
    {
        Assert.Equal(2, await _run.RunAsync([]));

        Assert.Contains("--uri", _run.Error);
    }

    [Fact]
    public async Task A_file_without_certificates_is_not_trusted()
    {
        var empty = await WriteAsync("empty.pem", "nothing\n");

        Assert.Equal(2, await _run.RunAsync([.. Bob, "--trust", empty]));

        Assert.Equal($"Sample: --trust: {empty} holds no certificate in PEM.\n", _run.Error.ReplaceLineEndings("\n"));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("TCP")]
    [InlineData("TLS")]
    public async Task It_signs_in_over_sockets_and_shows_what_was_said(string transport)
    {
        using var certificate = DevelopmentCertificate.Create("contoso.test");
        await using var server = await StartAsync(transport == "TLS" ? certificate : null);
        var trust = await WriteAsync("ca.pem", certificate.Authority.ExportCertificatePem());
        _run.Environment["UCSDK_PASSWORD"] = "Rumpelstiltskin";

        Assert.Equal(0, await _run.RunAsync([.. Bob, "--server", $"{server.ListenAddresses[0]}", "--trust", trust, "--capture", In("a.pcapng"), "--ladder", In("a.svg")], SignInAsync));

        Assert.True(new FileInfo(In("a.pcapng")).Length > 1000);
        var picture = await File.ReadAllTextAsync(In("a.svg"), TestContext.Current.CancellationToken);
        Assert.Contains(">bob<", picture);
        Assert.Contains(">server<", picture);
        Assert.DoesNotContain("Rumpelstiltskin", picture);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_is_not_let_in_reads_why_and_exit_code_1()
    {
        await using var server = await StartAsync(null);

        Assert.Equal(1, await _run.RunAsync([.. Bob, "--password", "wrong", "--server", $"{server.ListenAddresses[0]}"], SignInAsync));

        Assert.StartsWith("Sample: The sign-in failed at the stage Register: 401", _run.Error);
        Assert.Single(_run.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("wrong", _run.Error);
    }

    private static async Task SignInAsync(LyncClientOptions options, CancellationToken cancellationToken)
    {
        await using var client = new LyncClient(options);
        await client.SignInAsync("sip:bob@contoso.test", cancellationToken);
    }

    private static async Task<UcServer> StartAsync(DevelopmentCertificate? certificate)
    {
        var server = new UcServer(new UcServerOptions
        {
            Users = [new("bob") { Password = new SipPassword("Rumpelstiltskin") }],
            Listen = [new(certificate is null ? "TCP" : "TLS", "127.0.0.1", 0)],
            Certificate = certificate?.Certificate,
        });
        await server.StartAsync();
        return server;
    }

    private string In(string file) => Path.Combine(_directory.FullName, file);

    private async Task<string> WriteAsync(string file, string text)
    {
        await File.WriteAllTextAsync(In(file), text);
        return In(file);
    }
}
