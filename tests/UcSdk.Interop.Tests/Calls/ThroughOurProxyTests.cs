using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>SIPp and our endpoint, each in its turn caller and callee, with our proxy between them, on real sockets.</summary>
public sealed class ThroughOurProxyTests
{
    [Theory]
    [InlineData("UDP", "call", false)]
    [InlineData("TCP", "call", false)]
    [InlineData("UDP", "cancel", false)]
    [InlineData("TCP", "cancel", false)]
    [InlineData("UDP", "reliable", false)]
    [InlineData("TCP", "reliable", false)]
    [InlineData("UDP", "options", false)]
    [InlineData("TCP", "options", false)]
    [InlineData("UDP", "call", true)]
    [InlineData("TCP", "call", true)]
    [InlineData("UDP", "cancel", true)]
    [InlineData("TCP", "cancel", true)]
    public async Task SIPp_calls_our_endpoint_which_has_registered_at_the_proxy(string transport, string scenario, bool isStateless)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var proxy = await ProxyHost.StartAsync(transport, isStateless, limit.Token);
        await using var phone = await Phone.StartAsync(transport, "bob", limit.Token);
        await phone.RegisterAsync(proxy.Address, limit.Token);
        await SippProgram.CallAsync(proxy.Address, scenario, limit.Token);
        Assert.Equal(0, phone.Counts.InviteSessions);
        Assert.NotEmpty(phone.Heard);
        Assert.Equal((0, 0), (proxy.Endpoint.Counts.InviteSessions, proxy.Endpoint.Counts.Dialogs));
    }

    [Theory]
    [InlineData("UDP", false)]
    [InlineData("TCP", false)]
    [InlineData("UDP", true)]
    [InlineData("TCP", true)]
    public async Task Our_endpoint_calls_SIPp_holds_and_ends_the_call(string transport, bool isStateless)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var sipp = await SippProgram.ListenAsync(transport, "call", limit.Token);
        await using var proxy = await ProxyHost.StartAsync(transport, isStateless, limit.Token);
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        var session = await phone.CallAsync(sipp.Uri, proxy.Address, null, limit.Token);
        await phone.DoAsync(async () =>
        {
            var answer = await session.Answer.WaitAsync(limit.Token);
            Assert.Contains(proxy.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), answer.Headers[HeaderName.RecordRoute], StringComparison.Ordinal);
            var hold = session.CreateRequest(SipMethod.Invite);
            hold.SetBody("application/sdp", Phone.Offer("sendonly"));
            var held = await session.SendAsync(hold, limit.Token);
            Assert.Contains("a=recvonly", held.BodyText, StringComparison.Ordinal);
            await session.ByeAsync(null, limit.Token);
            return held;
        });
        await sipp.ExpectSuccessAsync(limit.Token);
        Assert.Equal(0, phone.Counts.InviteSessions);
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task Our_endpoint_gives_up_while_SIPp_rings(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var sipp = await SippProgram.ListenAsync(transport, "cancel", limit.Token);
        await using var proxy = await ProxyHost.StartAsync(transport, isStateless: false, limit.Token);
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        var session = await phone.CallAsync(sipp.Uri, proxy.Address, null, limit.Token);
        await phone.HearAsync("SIP/2.0 180 Ringing", limit.Token);
        await phone.DoAsync(async () =>
        {
            await session.CancelAsync(limit.Token);
            return await session.Ended;
        });
        Assert.Equal(StatusCode.RequestTerminated, (await session.Answer).StatusCode);
        await sipp.ExpectSuccessAsync(limit.Token);
    }
}
