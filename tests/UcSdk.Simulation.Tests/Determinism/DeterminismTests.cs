using UcSdk.Media;

namespace UcSdk.Simulation.Tests;

/// <summary>A whole conference on a bad network is a function of its seed, to the byte.</summary>
public sealed class DeterminismTests
{
    private static readonly SimulatedConditions BadNetwork = new()
    {
        Signalling = new() { Delay = TimeSpan.FromMilliseconds(20), Jitter = TimeSpan.FromMilliseconds(30) },
        Media = new() { Delay = TimeSpan.FromMilliseconds(15), Jitter = TimeSpan.FromMilliseconds(40), Loss = 0.05, Duplication = 0.02 },
        KeepTranscript = true,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20_260)]
    public void The_same_seed_twice_gives_the_same_bytes_at_the_same_times(ulong seed)
    {
        var first = HoldConference(seed);
        var second = HoldConference(seed);

        // Of thousands of lines the first that differs is the one worth reading.
        var difference = first.Zip(second).FirstOrDefault(pair => pair.First != pair.Second);
        Assert.Equal(difference.First, difference.Second);
        Assert.Equal(first.Count, second.Count);
    }

    [Fact]
    public void Another_seed_gives_other_bytes_and_another_fate_of_the_media()
    {
        var first = HoldConference(1);
        var second = HoldConference(2);

        Assert.NotEqual(first, second);
        Assert.Empty(first.Intersect(second));
    }

    [Fact]
    public void The_transcript_holds_the_whole_conference()
    {
        var transcript = HoldConference(1);

        Assert.Contains(transcript, line => line.Contains(" REGISTER ", StringComparison.Ordinal));
        Assert.Contains(transcript, line => line.Contains(" SERVICE ", StringComparison.Ordinal));
        Assert.Contains(transcript, line => line.Contains(" SUBSCRIBE ", StringComparison.Ordinal));
        Assert.Contains(transcript, line => line.Contains(" BENOTIFY ", StringComparison.Ordinal));
        Assert.Contains(transcript, line => line.Contains(" BYE ", StringComparison.Ordinal));

        // Three legs, both ways, 50 packets each second, two seconds.
        Assert.InRange(transcript.Count(line => line.Contains("10.0.0.1:", StringComparison.Ordinal)), 600, 3000);
    }

    /// <summary>Three people: one makes the meeting and invites, everybody talks, everybody leaves.</summary>
    private static IReadOnlyList<string> HoldConference(ulong seed)
    {
        var world = new SimulatedWorld(seed, BadNetwork, people: 3);
        world.Scheduler.Run(() => MeetAsync(world));
        world.Scheduler.Advance(SimulatedWorld.Timings.TransactionTimeout + TimeSpan.FromSeconds(1));
        Agreement.Require(world, afterTransactions: true);
        Leftovers.DisposeAndRequireNone(world);
        return world.DescribeTranscript();
    }

    private static async Task MeetAsync(SimulatedWorld world)
    {
        foreach (var person in world.People)
        {
            await person.SignInAsync();
            person.Client.ConversationManager.ConferenceInvitationHandler = async (invitation, withdrawn) =>
            {
                invitation.Conversation.AVModality.AudioSource = new ToneSource(500);
                await invitation.AcceptAsync(withdrawn);
                await invitation.Conversation.JoinAsync(cancellationToken: withdrawn);
            };
        }

        var host = world.People[0].Client;
        var conversation = await host.ConversationManager.MeetNowAsync(new MeetNowOptions { Subject = "Every byte" });
        conversation.AVModality.AudioSource = new ToneSource(400);
        await conversation.JoinAsync();
        await Task.WhenAll(world.People.Skip(1).Select(person => conversation.InviteAsync(person.Uri)));
        await world.Scheduler.DelayAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(3, conversation.Participants.Count);
        foreach (var person in world.People)
        {
            await person.Client.ConversationManager.Conversations.Single().EndAsync();
        }
    }
}
