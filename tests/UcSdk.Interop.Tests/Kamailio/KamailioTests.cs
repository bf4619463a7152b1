using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Our endpoints at Kamailio, as registrar and as proxy.</summary>
public sealed class KamailioTests
{
    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    [InlineData("TLS")]
    public async Task A_phone_registers_with_Digest_and_takes_its_binding_away(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var phone = await Phone.StartAsync(server, transport, "alice", limit.Token);
        var (_, registration, result) = await phone.RegisterAsync(server.AddressOf(transport), limit.Token);
        Assert.Equal(TimeSpan.FromMinutes(10), result.Expires);
        Assert.Contains("kamailio", result.Server, StringComparison.Ordinal);
        await registration.UnregisterAsync(limit.Token);
        Assert.Equal(RegistrationState.Unregistered, registration.State);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_once()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var endpoint = SipEndpoint.Create(new() { Credentials = [new SipCredentials("alice", new SipPassword("looking-glass"))] }, Loopback.Open("TCP"));
        await endpoint.StartAsync(limit.Token);
        var flow = await endpoint.ConnectAsync(server.AddressOf("TCP"), limit.Token);
        var aor = SipUri.Parse("sip:alice@contoso.test");
        var registration = endpoint.Register(new RegistrationOptions { Aor = aor, Flow = flow, Contact = new(aor) });
        var refusal = await Assert.ThrowsAsync<SipException>(() => registration.RegisterAsync(limit.Token));
        Assert.Equal((SipFailure.Refused, StatusCode.Unauthorized), (refusal.Failure, refusal.StatusCode));
    }

    [Theory]
    [InlineData("UDP", "UDP")]
    [InlineData("TCP", "TCP")]
    [InlineData("TLS", "TLS")]
    [InlineData("UDP", "TCP")]
    public async Task Two_phones_call_each_other_through_it_with_Record_Route(string callers, string callees)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var alice = await Phone.StartAsync(server, callers, "alice", limit.Token);
        await using var bob = await Phone.StartAsync(server, callees, "bob", limit.Token);
        var (flow, _, _) = await alice.RegisterAsync(server.AddressOf(callers), limit.Token);
        await bob.RegisterAsync(server.AddressOf(callees), limit.Token);

        var session = await alice.CallAsync(SipUri.Parse("sip:bob@contoso.test"), flow, null);
        var answer = await session.Answer.WaitAsync(limit.Token);
        // The first was challenged with 407.
        Assert.Equal((StatusCode.Ok, "2 INVITE"), (answer.StatusCode, answer.CSeq!.ToString()));
        Assert.NotEmpty(session.Dialog!.RouteSet);
        Assert.All(session.Dialog.RouteSet, route => Assert.Contains(";lr", route, StringComparison.Ordinal));
        // Through a proxy of several processes the BYE could overtake the ACK.
        await bob.HearAsync("Confirmed", limit.Token);
        await alice.DoAsync(async () =>
        {
            await session.ByeAsync(null, limit.Token);
            return true;
        });
        Assert.Equal(InviteReason.LocalBye, await session.Ended.WaitAsync(limit.Token));
        await bob.HearAsync("Terminated", limit.Token);
        Assert.Equal(["Incoming", "Accepted", "Confirmed", "Terminated"], bob.Heard.Where(line => !line.Contains("SIP/2.0", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task Somebody_who_is_not_registered_cannot_be_reached()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var alice = await Phone.StartAsync(server, "TCP", "alice", limit.Token);
        var (flow, _, _) = await alice.RegisterAsync(server.AddressOf("TCP"), limit.Token);
        var session = await alice.CallAsync(SipUri.Parse("sip:nobody@contoso.test"), flow, null);
        Assert.Equal(StatusCode.NotFound, (await session.Answer.WaitAsync(limit.Token)).StatusCode);
    }

    [Theory]
    [InlineData("fabrikam.test", true)] // of the right authority, for somebody else
    [InlineData("contoso.test", false)] // for the right domain, of an unknown authority
    public async Task A_wrong_certificate_is_refused(string name, bool isTrusted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartAsync(limit.Token, name);
        await using var endpoint = SipEndpoint.Create(new(), Loopback.Open("TLS", isTrusted ? server.Authority : null));
        await endpoint.StartAsync(limit.Token);
        var failure = await Assert.ThrowsAsync<SipException>(() => endpoint.ConnectAsync(server.AddressOf("TLS"), limit.Token));
        Assert.Equal(SipFailure.ConnectFailed, failure.Failure);
    }
}
