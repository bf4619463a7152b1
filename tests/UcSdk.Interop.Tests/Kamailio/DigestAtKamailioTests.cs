using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Our Digest at a server that we did not write: Kamailio's auth module, MD5 with qop, 401 for REGISTER and 407 for calls.</summary>
public sealed class DigestAtKamailioTests
{
    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task A_registration_with_the_password_is_granted_refreshed_and_withdrawn(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var phone = await StartPhoneAsync(transport, KamailioServer.Password, limit.Token);
        var flow = await phone.Endpoint.ConnectAsync(server.AddressOf(transport), limit.Token);
        var registration = await RegisterAsync(phone, flow, "alice", limit.Token);
        Assert.Equal(RegistrationState.Registered, registration.State);
        await phone.DoAsync(async () =>
        {
            await registration.UnregisterAsync(limit.Token);
            return 0;
        });
        Assert.Equal(RegistrationReason.Unregistered, await registration.Ended.WaitAsync(limit.Token));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_not_tried_for_ever()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var phone = await StartPhoneAsync("TCP", "guess", limit.Token);
        var flow = await phone.Endpoint.ConnectAsync(server.AddressOf("TCP"), limit.Token);
        var failure = await Assert.ThrowsAsync<SipException>(() => RegisterAsync(phone, flow, "alice", limit.Token));
        Assert.Equal((SipFailure.Refused, 401), (failure.Failure, failure.StatusCode));
    }

    [Fact]
    public async Task A_call_through_the_proxy_answers_its_407_and_ends_in_order()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var bob = await StartPhoneAsync("TCP", KamailioServer.Password, limit.Token);
        await RegisterAsync(bob, await bob.Endpoint.ConnectAsync(server.AddressOf("TCP"), limit.Token), "bob", limit.Token);
        await using var alice = await StartPhoneAsync("TCP", KamailioServer.Password, limit.Token);
        var session = await alice.CallAsync(
            SipUri.Parse("sip:bob@contoso.test"),
            server.AddressOf("TCP"),
            invite => invite.Headers[HeaderName.From] = "<sip:alice@contoso.test>;tag=alice1",
            limit.Token);
        var answer = await session.Answer.WaitAsync(limit.Token);
        Assert.Equal((200, "2 INVITE"), (answer.StatusCode, answer.CSeq!.ToString()));
        await alice.DoAsync(async () =>
        {
            await session.ByeAsync(null, limit.Token);
            return 0;
        });
        Assert.Equal(InviteReason.LocalBye, await session.Ended.WaitAsync(limit.Token));
        // The proxy has kept what it was told to itself.
        Assert.Contains(bob.Heard, line => line.StartsWith("INVITE", StringComparison.Ordinal));
    }

    private static Task<Phone> StartPhoneAsync(string transport, string password, CancellationToken cancellationToken) =>
        Phone.StartAsync(transport, cancellationToken, new SipEndpointOptions { Credentials = [new EveryUser(new SipPassword(password))] });

    private static async Task<Registration> RegisterAsync(Phone phone, SipFlow flow, string user, CancellationToken cancellationToken)
    {
        var registration = await phone.DoAsync(() => Task.FromResult(phone.Endpoint.Register(new RegistrationOptions
        {
            Aor = SipUri.Parse($"sip:{user}@contoso.test"),
            Flow = flow,
            Contact = new NameAddr(SipUri.Create(user, flow.Local.Host, flow.Local.Port).WithParameter("transport", flow.Transport.ToLowerInvariant())),
            Expires = TimeSpan.FromMinutes(10),
        })));
        await phone.DoAsync(async () =>
        {
            await registration.RegisterAsync(cancellationToken);
            return 0;
        });
        return registration;
    }

    // One password for everybody, as this Kamailio has it.
    private sealed class EveryUser(SipPassword password) : ISipCredentials
    {
        public SipCredentials? Find(string realm, SipRequest request) =>
            realm == "contoso.test" && request.From is { } from ? new SipCredentials(from.Uri.User, password) : null;
    }
}
