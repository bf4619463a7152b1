using UcSdk.Core;

namespace UcSdk.Media.Tests.Session;

public sealed class ConferenceMixerTests
{
    [Fact]
    public void Three_people_in_a_conference_hear_each_other_and_not_themselves()
    {
        using var world = new MediaWorld();
        var conference = new Conference(world, 3);
        var tones = new[] { 300, 500, 700 };
        for (var i = 0; i < 3; i++)
        {
            conference.People[i].Source = new ToneSource(tones[i]);
        }

        world.Scheduler.Advance(TimeSpan.FromSeconds(3));

        AssertHears(conference, (hearer, speaker) => hearer != speaker);
        conference.Mixer.LeavesOutOwn = false;
        conference.Forget();
        world.Scheduler.Advance(TimeSpan.FromSeconds(3));
        AssertHears(conference, (_, _) => true);
        conference.Close();
        Assert.Equal(0, world.Network.OpenPorts);

        void AssertHears(Conference conference, Func<int, int, bool> expected)
        {
            for (var hearer = 0; hearer < 3; hearer++)
            {
                for (var speaker = 0; speaker < 3; speaker++)
                {
                    var tone = new short[8000];
                    new ToneSource(tones[speaker]).Read(tone);
                    var coefficient = CrossCorrelation.Measure(tone, conference.Sinks[hearer].ToArray().AsMemory(8000, 10_000), 2000).Coefficient;
                    Assert.True(coefficient > 0.4 == expected(hearer, speaker), $"{hearer} hears {speaker}: {coefficient}");
                }
            }
        }
    }

    [Fact]
    public void A_conference_of_fifty_has_one_clock_and_every_leg_gets_every_frame()
    {
        using var world = new MediaWorld();
        var conference = new Conference(world, 50);
        conference.People[0].Source = new ToneSource(440);

        world.Scheduler.Advance(TimeSpan.FromSeconds(1));

        Assert.All(conference.Legs, leg => Assert.Equal(51, world.Statistics(leg).PacketsSent));
        Assert.All(conference.Sinks.Skip(1), sink => Assert.Contains(sink.Samples, sample => sample > 5000));
        Assert.All(conference.Sinks[0].Samples, sample => Assert.Equal(0, sample));
        conference.Close();
        Assert.Equal((0, 0), (world.Network.OpenPorts, world.Scheduler.Clock.ArmedTimers));
    }

    [Fact]
    public void Without_legs_the_clock_stands()
    {
        using var world = new MediaWorld();
        var conference = new Conference(world, 2);
        world.Scheduler.Advance(TimeSpan.FromSeconds(1));

        conference.Close();

        Assert.Equal(0, conference.Mixer.LegCount);
        Assert.Equal(0, world.Scheduler.Clock.ArmedTimers);
    }

    private sealed class Conference
    {
        private readonly MediaWorld _world;
        private readonly SerialLoop _loop;

        public Conference(MediaWorld world, int people)
        {
            _world = world;
            _loop = new(world.Scheduler);
            Mixer = new(_loop);
            for (var i = 0; i < people; i++)
            {
                var (person, leg, sink) = (world.Person(), world.Person(loop: _loop), new RecordingSink());
                world.Agree(person, leg);
                OnLoop(() => Mixer.AddLeg(leg));
                person.Sink = sink;
                person.Start();
                People.Add(person);
                Legs.Add(leg);
                Sinks.Add(sink);
            }
        }

        public ConferenceMixer Mixer { get; }

        public List<MediaSession> People { get; } = [];

        public List<MediaSession> Legs { get; } = [];

        public List<RecordingSink> Sinks { get; } = [];

        public void Forget()
        {
            for (var i = 0; i < People.Count; i++)
            {
                People[i].Sink = Sinks[i] = new();
            }
        }

        public void Close()
        {
            foreach (var leg in Legs)
            {
                OnLoop(() => Assert.True(Mixer.RemoveLeg(leg)));
                OnLoop(() => Assert.False(Mixer.RemoveLeg(leg)));
            }

            OnLoop(Mixer.Dispose);
            _world.Close([.. Legs, .. People]);
        }

        private void OnLoop(Action work)
        {
            _loop.Post(work);
            _world.Scheduler.RunUntilIdle();
        }
    }
}
