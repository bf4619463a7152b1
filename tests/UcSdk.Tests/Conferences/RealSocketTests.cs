using UcSdk.Media;
using UcSdk.Server;

namespace UcSdk.Tests;

/// <summary>The same on the thread pool, over TCP and UDP of this machine.</summary>
public sealed class RealSocketTests
{
    [Fact(Timeout = 60_000)]
    public async Task Over_real_sockets_two_people_meet_and_hear_each_other()
    {
        await using var server = new UcServer(new UcServerOptions { Users = [new("alice"), new("bob")], Listen = [new("TCP", "127.0.0.1", 0)] });
        await server.StartAsync();
        await using var alice = new LyncClient(new LyncClientOptions { Server = server.ListenAddresses[0] });
        await using var bob = new LyncClient(new LyncClientOptions { Server = server.ListenAddresses[0] });
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
