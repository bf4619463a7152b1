using UcSdk.Media;

namespace UcSdk.Simulation.Tests;

/// <summary>Many people in one conference.</summary>
public sealed class CrowdTests
{
    private const int Crowd = 50;

    [Fact]
    public void Fifty_people_hear_the_one_who_speaks_and_leave_nothing_behind()
    {
        var conditions = new SimulatedConditions
        {
            Signalling = new() { Delay = TimeSpan.FromMilliseconds(10), Jitter = TimeSpan.FromMilliseconds(10) },
            Media = new() { Delay = TimeSpan.FromMilliseconds(10), Jitter = TimeSpan.FromMilliseconds(20), Loss = 0.01 },
        };
        var world = new SimulatedWorld(50, conditions, Crowd);
        var sinks = world.People.Select(_ => new CountingSink()).ToArray();

        world.Scheduler.Run(() => GatherAsync(world, sinks));
        var speaker = world.People[0].Client.ConversationManager.Conversations.Single();
        speaker.AVModality.AudioSource = new ToneSource(440);
        world.Scheduler.Advance(TimeSpan.FromSeconds(1));
        Agreement.Require(world, afterTransactions: false);

        // A second is 50 frames, some of them still on their way; nobody hears themselves.
        Assert.Equal(0, sinks[0].AudibleFrames);
        Assert.All(sinks[1..], sink => Assert.InRange(sink.AudibleFrames, 35, 51));
        Assert.All(world.People, person => Assert.Equal(Crowd, person.Client.ConversationManager.Conversations.Single().Participants.Count));
        Leftovers.DisposeAndRequireNone(world);
    }

    private static async Task GatherAsync(SimulatedWorld world, CountingSink[] sinks)
    {
        await Task.WhenAll(world.People.Select(person => person.SignInAsync()));
        var meeting = await world.People[0].Client.ConversationManager.MeetNowAsync();
        await Task.WhenAll(world.People.Select((person, i) => JoinAsync(person, meeting.ConferenceSession!.ConferenceUri, sinks[i])));
    }

    private static async Task JoinAsync(SimulatedPerson person, string uri, CountingSink sink)
    {
        var conversation = await person.Client.ConversationManager.AddConversationAsync(uri);
        conversation.AVModality.AudioSink = sink;
        await conversation.JoinAsync();
    }
}
