using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>SIPp as caller, our endpoint as callee, on real sockets.</summary>
public sealed class SippCallsUsTests
{
    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task A_call_is_rung_answered_held_and_ended(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        await SippProgram.CallAsync(phone.Address, "call", limit.Token);
        Assert.Equal(["Incoming", "Accepted", "Confirmed"], phone.Heard.Where(line => !line.Contains("SIP/2.0", StringComparison.Ordinal)).Take(3));
        Assert.Equal(0, phone.Counts.InviteSessions);
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task A_call_that_rings_is_cancelled(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        await SippProgram.CallAsync(phone.Address, "cancel", limit.Token);
        Assert.Equal((0, "Terminated"), (phone.Counts.InviteSessions, phone.Heard[^1]));
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task Early_media_is_reliable_and_changed_before_the_answer(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        await SippProgram.CallAsync(phone.Address, "reliable", limit.Token);
        Assert.Equal(0, phone.Counts.InviteSessions);
        Assert.Contains("Confirmed", phone.Heard);
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task Options_are_told(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        await SippProgram.CallAsync(phone.Address, "options", limit.Token);
        Assert.StartsWith("OPTIONS", Assert.Single(phone.Heard), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task Being_transferred_is_accepted_and_told(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        await SippProgram.CallAsync(phone.Address, "refer", limit.Token);
        Assert.Contains("sip:carol@contoso.test for sip:sipp@127.0.0.1: Completed", phone.Heard);
        // SIPp is done when it has sent the answer to our BYE, which may be on its way.
        await phone.HearAsync("Terminated", limit.Token);
        Assert.Equal((0, 0), (phone.Counts.InviteSessions, phone.Counts.Referrals));
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task A_registration_is_asked_for_Digest_and_SIPps_answer_is_found_right(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        // SIPp answers the first challenge alone, and names its peer's address in it unless it is told.
        var options = new DigestServerOptions { Realm = "contoso.test", Algorithms = [DigestAlgorithm.Md5] };
        var authenticator = new DigestAuthenticator(options, new OneUser("alice", KamailioServer.Password), TimeProvider.System);
        var bindings = new List<string>();
        await phone.DoAsync(() =>
        {
            phone.Endpoint.RequestReceived = request =>
            {
                if (authenticator.Authenticate(request) is { } identity)
                {
                    var contact = $"{request.Request.Headers[HeaderName.Contact]};expires={request.Request.Headers[HeaderName.Expires]}";
                    bindings.Add($"{identity.UserName} {request.Request.Headers[HeaderName.Expires]}");
                    request.Respond(StatusCode.Ok, null, response =>
                    {
                        response.Headers.Add(HeaderName.Contact, contact);
                        identity.Confirm(response);
                    });
                }
            };
            return Task.FromResult(true);
        });
        await SippProgram.CallAsync(phone.Address, "register", limit.Token, "-auth_uri", "contoso.test");
        Assert.Equal(["alice 600", "alice 0"], bindings);
    }

    // What we say is lost the first time; what SIPp asks again, and what we repeat, brings the call through (RFC 3261 §§13.3.1.4, 17.2).
    [Fact]
    public async Task A_call_over_UDP_is_taken_where_every_message_of_ours_is_lost_once()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        var lossy = new FirstCopyLostTransport(Loopback.Open("UDP"));
        await using var phone = await Phone.StartAsync(lossy, limit.Token);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await phone.DoAsync(() =>
        {
            phone.Endpoint.RequestReceived = request => _ = AnswerAsync(request);
            return Task.FromResult(true);
        });
        await SippProgram.CallAsync(phone.Address, "call", limit.Token);
        await answered.Task.WaitAsync(limit.Token);
        Assert.Equal(0, phone.Counts.InviteSessions);
        // 180, 200, 200 to the re-INVITE, 200 to the BYE.
        Assert.True(lossy.Lost >= 4, $"Only {lossy.Lost} messages were lost.");

        async Task AnswerAsync(IncomingRequest request)
        {
            var session = request.CreateInviteSession();
            session.RequestReceived = hold =>
            {
                hold.Respond(StatusCode.Ok, null, response =>
                {
                    response.Headers.Add(HeaderName.Contact, OwnAddresses.ContactOf(hold.Flow).ToString());
                    response.SetBody("application/sdp", Phone.Offer("recvonly"));
                });
                return true;
            };
            session.Ring();
            // SIPp waits for the 180 before it takes the 200.
            await lossy.RepeatedAsync("SIP/2.0 180", 1, limit.Token);
            await session.AcceptAsync("application/sdp", Phone.Offer("sendrecv"), null, limit.Token);
            answered.SetResult();
        }
    }
}
