using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

/// <summary>The phone of the guide as its author would test it: public members only, on the production scheduler.</summary>
public sealed class SoftphoneTests
{
    private static readonly byte[] Description = "v=0\r\no=- 1 1 IN IP4 10.0.0.2\r\ns=-\r\nc=IN IP4 10.0.0.2\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"u8.ToArray();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // listing: calling
    [Fact]
    public async Task Two_phones_call_each_other_through_the_server()
    {
        using var network = new MemoryNetwork();
        using var password = new SipPassword("wonderland");
        await using var server = new UcServer(new UcServerOptions
        {
            Users = [new("alice") { Password = password }, new("bob") { Password = password }],
            Network = network,
        });
        await server.StartAsync(Token);
        await using var alice = new Softphone(SipUri.Parse("sip:alice@contoso.test"), password, Description, network.CreateTransport("alice"));
        await using var bob = new Softphone(SipUri.Parse("sip:bob@contoso.test"), password, Description, network.CreateTransport("bob"));
        var heard = new List<InviteState>();
        alice.CallChanged += (_, change) => heard.Add(change.Current);
        await alice.SignInAsync(server.ListenAddresses[0], Token);
        await bob.SignInAsync(server.ListenAddresses[0], Token);

        var call = await alice.CallAsync("sip:bob@contoso.test", Token);
        await call.ByeAsync(cancellationToken: Token);

        Assert.Equal(InviteReason.LocalBye, await call.Ended);
        Assert.Equal([InviteState.Proceeding, InviteState.Confirmed, InviteState.Terminating, InviteState.Terminated], heard.Distinct());
    }
    // end of listing

    [Fact]
    public async Task A_wrong_password_says_so()
    {
        using var network = new MemoryNetwork();
        using var password = new SipPassword("wonderland");
        using var mistaken = new SipPassword("looking glass");
        await using var server = new UcServer(new UcServerOptions { Users = [new("alice") { Password = password }], Network = network });
        await server.StartAsync(Token);
        await using var alice = new Softphone(SipUri.Parse("sip:alice@contoso.test"), mistaken, Description, network.CreateTransport("alice"));

        var refused = await Assert.ThrowsAsync<SipException>(() => alice.SignInAsync(server.ListenAddresses[0], Token));

        Assert.Equal(StatusCode.Unauthorized, refused.Response?.StatusCode);
    }
}
