using UcSdk.Media;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>The same on the thread pool, over the sockets of this machine.</summary>
public sealed class RealSocketTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("TCP", "127.0.0.1", false)]
    [InlineData("TCP", "[::1]", false)]
    [InlineData("TLS", "127.0.0.1", false)]
    [InlineData("TLS", "[::1]", true)]
    [InlineData("UDP", "127.0.0.1", false)]
    [InlineData("UDP", "[::1]", false)]
    [InlineData("UDP", "127.0.0.1", true)]
    public async Task Over_real_sockets_two_people_meet_and_hear_each_other(string transport, string host, bool withPasswords)
    {
        using var password = new SipPassword("Rumpelstiltskin");
        using var certificate = DevelopmentCertificate.Create("contoso.test");
        await using var server = new UcServer(new UcServerOptions
        {
            Users = [.. new[] { "alice", "bob" }.Select(name => new UcServerUser(name) { Password = withPasswords ? password : null })],
            Listen = [new(transport, host, 0)],
            Certificate = transport == "TLS" ? certificate.Certificate : null,
        });
        await server.StartAsync();
        var options = new LyncClientOptions
        {
            Server = server.ListenAddresses[0],
            Tls = new TlsTransportOptions { TrustedRoots = [certificate.Authority] },
            Password = password,
        };
        await using var alice = new LyncClient(options);
        await using var bob = new LyncClient(options);
        var bobIsIn = new TaskCompletionSource<Conversation>(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bob.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            invitation.Conversation.AVModality.AudioSink = new Ear(heard);
            await invitation.AcceptAsync(token);
            await invitation.Conversation.JoinAsync(cancellationToken: token);
            bobIsIn.SetResult(invitation.Conversation);
        };
        await alice.SignInAsync(server.AddressOf("alice"));
        await bob.SignInAsync(server.AddressOf("bob"));

        var meeting = await alice.ConversationManager.MeetNowAsync();
        meeting.AVModality.AudioSource = new ToneSource(440);
        await meeting.JoinAsync();
        await meeting.InviteAsync(server.AddressOf("bob"));
        var bobs = await bobIsIn.Task;
        await heard.Task;
        await bobs.EndAsync();
        await meeting.EndAsync();
        await alice.SignOutAsync();
        await bob.SignOutAsync();

        Assert.Equal(ClientState.SignedOut, alice.State);
        Assert.True(alice.Counts.IsEmpty && bob.Counts.IsEmpty);
        Assert.Equal(0, (await server.GetCountsAsync()).MediaLegs);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_whose_certificate_nobody_vouches_for_is_not_signed_in_to()
    {
        using var certificate = DevelopmentCertificate.Create("contoso.test");
        using var another = DevelopmentCertificate.Create("contoso.test");
        await using var server = new UcServer(new UcServerOptions { Users = [new("alice")], Listen = [new("TLS", "127.0.0.1", 0)], Certificate = certificate.Certificate });
        await server.StartAsync();
        await using var alice = new LyncClient(new LyncClientOptions { Server = server.ListenAddresses[0], Tls = new TlsTransportOptions { TrustedRoots = [another.Authority] } });

        var refused = await Assert.ThrowsAsync<RegisterException>(() => alice.SignInAsync(server.AddressOf("alice")));

        Assert.Equal(SipFailure.ConnectFailed, Assert.IsType<SipException>(refused.InnerException).Failure);

        // An impostor is not waited for.
        Assert.Single(refused.Failures);
        Assert.Equal(0, (await server.GetCountsAsync()).Bindings);
    }

    [Fact]
    public void There_is_no_other_transport_than_those()
    {
        Assert.Throws<ArgumentException>(() => new LyncClient(new LyncClientOptions { Server = new SipTransportAddress("SCTP", "127.0.0.1", 5060) }));
        Assert.Throws<ArgumentException>(() => SipTransports.ToReach(new SipTransportAddress("SCTP", "127.0.0.1", 5060)));
    }

    private sealed class Ear(TaskCompletionSource heard) : IAudioSink
    {
        public void Write(AudioFrame frame)
        {
            foreach (var sample in frame.Samples.Span)
            {
                if (Math.Abs((int)sample) > 1000)
                {
                    heard.TrySetResult();
                }
            }
        }
    }
}
