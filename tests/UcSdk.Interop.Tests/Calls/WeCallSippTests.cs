using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Our endpoint as caller, SIPp as callee, on real sockets.</summary>
public sealed class WeCallSippTests
{
    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task A_call_is_rung_answered_held_and_ended(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var sipp = await SippProgram.ListenAsync(transport, "call", limit.Token);
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        var session = await phone.CallAsync(sipp.Uri, sipp.Address, null, limit.Token);
        await phone.DoAsync(async () =>
        {
            Assert.Equal(StatusCode.Ok, (await session.Answer.WaitAsync(limit.Token)).StatusCode);
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
    public async Task A_call_that_rings_is_cancelled(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var sipp = await SippProgram.ListenAsync(transport, "cancel", limit.Token);
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        var session = await phone.CallAsync(sipp.Uri, sipp.Address, null, limit.Token);
        await phone.HearAsync("SIP/2.0 180 Ringing", limit.Token);
        var reason = await phone.DoAsync(async () =>
        {
            await session.CancelAsync(limit.Token);
            return await session.Ended;
        });
        Assert.Equal(InviteReason.LocalCancel, reason);
        Assert.Equal(StatusCode.RequestTerminated, (await session.Answer).StatusCode);
        await sipp.ExpectSuccessAsync(limit.Token);
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task Early_media_is_acknowledged_and_changed_before_the_answer(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var sipp = await SippProgram.ListenAsync(transport, "reliable", limit.Token);
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        var session = await phone.CallAsync(sipp.Uri, sipp.Address, invite => invite.Headers.Add(HeaderName.Supported, "100rel"), limit.Token);
        // It rings once SIPp has our PRACK.
        await phone.HearAsync("SIP/2.0 180 Ringing", limit.Token);
        await phone.DoAsync(async () =>
        {

            var update = await session.SendAsync(session.CreateRequest(SipMethod.Update), limit.Token);
            Assert.Equal(StatusCode.Ok, update.StatusCode);
            Assert.Equal(StatusCode.Ok, (await session.Answer.WaitAsync(limit.Token)).StatusCode);
            await session.ByeAsync(null, limit.Token);
            return update;
        });
        await sipp.ExpectSuccessAsync(limit.Token);
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task Options_are_asked(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var sipp = await SippProgram.ListenAsync(transport, "options", limit.Token);
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        var flow = await phone.Endpoint.ConnectAsync(sipp.Address, limit.Token);
        var options = phone.Endpoint.CreateRequest(SipMethod.Options, sipp.Uri, phone.Me, new NameAddr(sipp.Uri));
        var response = await phone.Endpoint.SendAsync(options, flow, limit.Token);
        Assert.Equal("INVITE, ACK, CANCEL, BYE, OPTIONS", response.Headers[HeaderName.Of("Allow")]);
        await sipp.ExpectSuccessAsync(limit.Token);
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task Sipp_as_registrar_finds_our_Digest_right(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var sipp = await SippProgram.ListenAsync(transport, "register", limit.Token);
        await using var phone = await Phone.StartAsync(transport, "alice", limit.Token);
        var (_, _, result) = await phone.RegisterAsync(sipp.Address, limit.Token);
        Assert.Equal(TimeSpan.FromMinutes(10), result.Expires);
        await sipp.ExpectSuccessAsync(limit.Token);
    }

    // What is lost is said again until it is heard (RFC 3261 §17).
    [Fact]
    public async Task A_call_over_UDP_goes_through_where_every_message_is_lost_once()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await using var sipp = await SippProgram.ListenAsync("UDP", "call", limit.Token);
        var lossy = new FirstCopyLostTransport(Loopback.Open("UDP"));
        await using var phone = await Phone.StartAsync(lossy, limit.Token);
        var session = await phone.CallAsync(sipp.Uri, sipp.Address, null, limit.Token);
        await phone.DoAsync(async () =>
        {
            Assert.Equal(StatusCode.Ok, (await session.Answer.WaitAsync(limit.Token)).StatusCode);
            // SIPp knows no request before the ACK that it waits for.
            await lossy.RepeatedAsync("ACK", 1, limit.Token);
            var hold = session.CreateRequest(SipMethod.Invite);
            hold.SetBody("application/sdp", Phone.Offer("sendonly"));
            Assert.Equal(StatusCode.Ok, (await session.SendAsync(hold, limit.Token)).StatusCode);
            await lossy.RepeatedAsync("ACK", 2, limit.Token);
            await session.ByeAsync(null, limit.Token);
            return true;
        });
        Assert.Equal(InviteReason.LocalBye, await session.Ended);
        await sipp.ExpectSuccessAsync(limit.Token);
        // INVITE, its 200, ACK, twice; BYE.
        Assert.True(lossy.Lost >= 7, $"Only {lossy.Lost} messages were lost.");
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task The_peer_is_transferred_and_tells_that_it_got_there(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var sipp = await SippProgram.ListenAsync(transport, "refer", limit.Token);
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        var session = await phone.CallAsync(sipp.Uri, sipp.Address, null, limit.Token);
        var told = new List<int>();
        await phone.DoAsync(async () =>
        {
            await session.Answer.WaitAsync(limit.Token);
            var referral = session.Refer(ReferTo.To(SipUri.Parse("sip:carol@contoso.test")));
            referral.Progressed += progress => told.Add(progress.StatusCode);
            Assert.True((await referral.Outcome.WaitAsync(limit.Token)).IsSuccess);
            Assert.Equal(ReferralReason.Completed, await referral.Ended.WaitAsync(limit.Token));
            await session.ByeAsync(null, limit.Token);
            return true;
        });
        Assert.Equal([100, 200], told);
        await sipp.ExpectSuccessAsync(limit.Token);
        Assert.Equal(0, phone.Counts.Referrals);
    }
}
