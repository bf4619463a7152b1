using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Our endpoints at Kamailio, as registrar and as proxy.</summary>
public sealed class KamailioTests
{
    [Theory]
    [InlineData("TCP")]
    public async Task A_registration_without_password_is_challenged(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        var flow = await phone.Endpoint.ConnectAsync(server.AddressOf(transport), limit.Token);
        var aor = SipUri.Parse("sip:alice@contoso.test");
        var register = phone.Endpoint.CreateRequest(SipMethod.Register, SipUri.Parse("sip:contoso.test"), new NameAddr(aor), new NameAddr(aor));
        register.Headers.Add(HeaderName.Contact, OwnAddresses.ContactOf(flow).ToString());
        var response = await phone.Endpoint.SendAsync(register, flow, limit.Token);
        Assert.Equal(StatusCode.Unauthorized, response.StatusCode);
    }
}
