using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace UcSdk.Sip.Tests;

public sealed class TlsTransportTests : IAsyncDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly RecordingEvents _serverEvents = new();
    private readonly RecordingEvents _clientEvents = new();
    private TlsTransport? _client;
    private TlsTransport _server = null!;

    public async ValueTask DisposeAsync()
    {
        await (_client?.DisposeAsync() ?? default);
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Messages_travel_both_ways_when_the_server_is_who_it_should_be(string host)
    {
        await ListenAsync(_authority.Issue("x", uris: ["sip:contoso.test"]), host: host);
        var near = await ConnectAsync(new() { TrustedRoots = _authority.Roots });
        await _client!.SendAsync(near, Wire.Options(1, new string('b', 100_000)));
        var far = await _serverEvents.OpenedAsync();
        Assert.EndsWith("bbb", await _serverEvents.MessageAsync(), StringComparison.Ordinal);
        await _server.SendAsync(far, Wire.Options(2));
        Assert.Equal(Wire.Options(2), Encoding.UTF8.GetBytes(await _clientEvents.MessageAsync()));
        Assert.Equal(("TLS", "x"), (near.Transport, near.PeerCertificate!.GetNameInfo(X509NameType.SimpleName, false)));
        Assert.Null(far.PeerCertificate);
    }

    [Fact]
    public async Task A_server_with_another_name_is_refused()
    {
        await ListenAsync(_authority.Issue("x", dns: ["fabrikam.test"]));
        await RefusedAsync(new() { TrustedRoots = _authority.Roots });
    }

    [Fact]
    public async Task A_server_of_an_unknown_authority_is_refused()
    {
        await ListenAsync(_authority.Issue("x", dns: ["contoso.test"]));
        await RefusedAsync(new());
    }

    [Fact]
    public async Task A_server_whose_time_is_over_is_refused()
    {
        await ListenAsync(_authority.Issue("x", dns: ["contoso.test"], expired: true));
        await RefusedAsync(new() { TrustedRoots = _authority.Roots });
    }

    [Fact]
    public async Task A_pinned_key_is_enough()
    {
        var certificate = _authority.Issue("x", dns: ["fabrikam.test"]);
        await ListenAsync(certificate);
        Assert.Equal("TLS", (await ConnectAsync(new() { PinnedKeys = [SipCertificate.GetKeyPin(certificate)] })).Transport);
    }

    [Fact]
    public async Task Where_keys_are_pinned_another_is_refused_however_good_its_certificate()
    {
        await ListenAsync(_authority.Issue("x", dns: ["contoso.test"]));
        using var other = _authority.Issue("y");
        await RefusedAsync(new() { TrustedRoots = _authority.Roots, PinnedKeys = [SipCertificate.GetKeyPin(other)] });
    }

    [Fact]
    public async Task Any_server_is_taken_only_where_the_option_says_so_by_its_name()
    {
        await ListenAsync(_authority.Issue("x", dns: ["fabrikam.test"], expired: true));
        Assert.Equal("TLS", (await ConnectAsync(new() { DangerouslyAcceptAnyServer = true })).Transport);
    }

    [Fact]
    public async Task A_client_that_must_show_a_certificate_shows_it()
    {
        await ListenAsync(_authority.Issue("x", dns: ["contoso.test"]), new() { ClientCertificates = ClientCertificateDemand.Require, TrustedRoots = _authority.Roots });
        await ConnectAsync(new() { TrustedRoots = _authority.Roots, Certificate = _authority.Issue("client") });
        var far = await _serverEvents.OpenedAsync();
        Assert.Equal("client", far.PeerCertificate!.GetNameInfo(X509NameType.SimpleName, false));
    }

    [Fact]
    public async Task A_client_without_the_certificate_it_must_show_does_not_come_in()
    {
        await ListenAsync(_authority.Issue("x", dns: ["contoso.test"]), new() { ClientCertificates = ClientCertificateDemand.Require, TrustedRoots = _authority.Roots });
        await NotLetInAsync(new() { TrustedRoots = _authority.Roots });
    }

    [Fact]
    public async Task A_client_with_a_certificate_of_an_unknown_authority_does_not_come_in()
    {
        using var stranger = new TestAuthority();
        await ListenAsync(_authority.Issue("x", dns: ["contoso.test"]), new() { ClientCertificates = ClientCertificateDemand.Request, TrustedRoots = _authority.Roots });
        await NotLetInAsync(new() { TrustedRoots = _authority.Roots, Certificate = stranger.Issue("client") });
    }

    [Fact]
    public async Task The_certificate_is_chosen_by_the_name_that_the_client_asks_for()
    {
        var fabrikam = _authority.Issue("x", dns: ["fabrikam.test"]);
        await ListenAsync(_authority.Issue("x", dns: ["contoso.test"]), new() { SelectCertificate = name => name == "fabrikam.test" ? fabrikam : null });
        await ConnectAsync(new() { TrustedRoots = _authority.Roots });
        var other = await _client!.ConnectAsync(_server.ListenAddress! with { Domain = "fabrikam.test" });
        Assert.Equal(fabrikam.Thumbprint, other.PeerCertificate!.Thumbprint);
    }

    [Fact]
    public async Task A_peer_that_speaks_in_the_clear_never_was_there()
    {
        await ListenAsync(_authority.Issue("x", dns: ["contoso.test"]));
        using var peer = await Wire.DialAsync(_server.ListenAddress!);
        await peer.SendAsync(Wire.Options());
        await peer.ReadToEndOrResetAsync();
        await _server.DisposeAsync();
        Assert.Equal((1, 0), (_server.FailedHandshakes, _serverEvents.OpenedCount));
    }

    [Fact]
    public async Task A_peer_that_never_says_anything_is_given_up()
    {
        await ListenAsync(_authority.Issue("x", dns: ["contoso.test"]), new() { ConnectTimeout = TimeSpan.FromMilliseconds(30) });
        using var peer = await Wire.DialAsync(_server.ListenAddress!);
        await peer.ReadToEndOrResetAsync();
        await _server.DisposeAsync();
        Assert.Equal((1, 0), (_server.FailedHandshakes, _serverEvents.OpenedCount));
    }

    [Fact]
    public async Task Either_side_may_close_in_order()
    {
        await ListenAsync(_authority.Issue("x", dns: ["contoso.test"]));
        var near = await ConnectAsync(new() { TrustedRoots = _authority.Roots });
        var far = await _serverEvents.OpenedAsync();
        await _server.CloseAsync(far);
        Assert.Equal((near, SipFlowEnd.ClosedByPeer), (await _clientEvents.ClosedAsync()) is var (flow, end, _) ? (flow, end) : default);
        Assert.Equal(SipFlowEnd.ClosedLocally, (await _serverEvents.ClosedAsync()).End);
    }

    [Fact]
    public async Task To_listen_needs_a_certificate()
    {
        await ListenAsync(_authority.Issue("x"));
        Assert.Throws<ArgumentException>(() => new TlsTransport(new TlsTransportOptions { Listen = new("TLS", "127.0.0.1", 0) }));
    }

    private async Task ListenAsync(X509Certificate2 certificate, TlsTransportOptions? options = null, string host = "127.0.0.1")
    {
        _server = new TlsTransport((options ?? new()) with { Listen = new("TLS", host, 0), Certificate = certificate });
        await _server.StartAsync(_serverEvents);
    }

    private async Task<SipFlow> ConnectAsync(TlsTransportOptions options)
    {
        _client = new TlsTransport(options);
        await _client.StartAsync(_clientEvents);
        return await _client.ConnectAsync(_server.ListenAddress! with { Domain = "contoso.test" });
    }

    private async Task RefusedAsync(TlsTransportOptions options)
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => ConnectAsync(options));
        Assert.StartsWith("Cannot connect securely to tls://127.0.0.1", failure.Message, StringComparison.Ordinal);
    }

    // With TLS 1.3 the client is through before the server has judged it; then the end of the flow tells.
    private async Task NotLetInAsync(TlsTransportOptions options)
    {
        try
        {
            await ConnectAsync(options);
            await _clientEvents.ClosedAsync();
        }
        catch (IOException)
        {
            // TLS 1.2.
        }

        await _server.DisposeAsync();
        Assert.Equal((1, 0), (_server.FailedHandshakes, _serverEvents.OpenedCount));
    }
}
