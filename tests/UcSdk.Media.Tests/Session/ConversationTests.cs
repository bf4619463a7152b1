using UcSdk.Core;
using UcSdk.TestKit;

namespace UcSdk.Media.Tests.Session;

public sealed class ConversationTests
{
    private const int Depth = 480;

    [Fact]
    public void Two_people_agree_hear_each_other_and_part()
    {
        using var world = new MediaWorld();
        var alice = world.Person();
        var bob = world.Person();
        var aliceChanges = MediaWorld.Watch(alice);
        var bobChanges = MediaWorld.Watch(bob);

        world.Agree(alice, bob);
        Assert.Equal((MediaSessionState.Negotiated, MediaSessionState.Negotiated), (alice.State, bob.State));
        alice.Start();
        bob.Start();
        world.Scheduler.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((MediaSessionState.Active, MediaSessionState.Active), (alice.State, bob.State));
        world.Close(alice);
        Assert.Equal(MediaSessionState.Negotiated, bob.State);
        world.Close(bob);

        Assert.Equal(["Offering/OfferRequested", "Negotiated/Agreed", "Active/FirstPacketReceived", "Closed/Closed"], aliceChanges);
        Assert.Equal(
            ["Answering/AnswerRequested", "Negotiated/Agreed", "Active/FirstPacketReceived", "Negotiated/PeerSaidBye", "Closed/Closed"], bobChanges);
        Assert.Equal(0, world.Network.OpenPorts);
        Assert.Equal(0, world.Scheduler.Clock.ArmedTimers);
    }

    [Theory]
    [InlineData(EncryptionPolicy.Required)]
    [InlineData(EncryptionPolicy.Off)]
    public void Audio_arrives_bit_for_bit_both_ways(EncryptionPolicy encryption)
    {
        using var world = new MediaWorld(new() { Delay = TimeSpan.FromMilliseconds(35) });
        var options = new MediaSessionOptions { Encryption = encryption };
        var (alice, bob) = world.Call(options, options);
        var (fromAlice, fromBob) = (new CodePointSource(1), new CodePointSource(2));
        var (atAlice, atBob) = (new RecordingSink(), new RecordingSink());
        (alice.Source, alice.Sink, bob.Source, bob.Sink) = (fromAlice, atAlice, fromBob, atBob);

        world.Scheduler.Advance(TimeSpan.FromSeconds(2));

        AssertHeard(fromAlice.Given, atBob.Samples);
        AssertHeard(fromBob.Given, atAlice.Samples);
        Assert.Equal(encryption == EncryptionPolicy.Required, world.Statistics(alice).IsEncrypted);
    }

    [Fact]
    public void Audio_arrives_bit_for_bit_although_the_network_reorders_and_repeats()
    {
        using var world = new MediaWorld(new() { Delay = TimeSpan.FromMilliseconds(5), Jitter = TimeSpan.FromMilliseconds(55), Duplication = 0.2, Seed = 3 });
        var (alice, bob) = world.Call();
        var source = new CodePointSource(1);
        var sink = new RecordingSink();
        (alice.Source, bob.Sink) = (source, sink);

        world.Scheduler.Advance(TimeSpan.FromSeconds(20));

        AssertHeard(source.Given, sink.Samples);
        var statistics = world.Statistics(bob);
        Assert.InRange(statistics.Dropped[MediaDropReason.Replayed], 100, 300);
        Assert.InRange(statistics.Jitter, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(55));
    }

    [Fact]
    public void What_the_network_loses_is_silence_and_nothing_after_it_moves()
    {
        using var world = new MediaWorld(new() { Loss = 0.1, Seed = 5 });
        var (alice, bob) = world.Call();
        var source = new CodePointSource(1);
        var sink = new RecordingSink();
        (alice.Source, bob.Sink) = (source, sink);

        world.Scheduler.Advance(TimeSpan.FromSeconds(20));

        var first = source.Given.Take(8000).ToArray();
        var heard = sink.Samples.Skip(Depth).ToArray();
        var frames = heard.Chunk(160).ToArray();
        var start = Enumerable.Range(0, 10).First(skipped => heard[..160].SequenceEqual(first.Skip(160 * skipped).Take(160)));
        var lost = 0;
        for (var i = 0; i < frames.Length; i++)
        {
            if (!frames[i].SequenceEqual(source.Given.Skip(160 * (i + start)).Take(160)))
            {
                Assert.All(frames[i], sample => Assert.Equal(0, sample));
                lost++;
            }
        }

        Assert.InRange(lost, 60, 140);
        Assert.InRange(world.Statistics(bob).PacketsLost, lost - 1, lost + 4);
        Assert.InRange(world.Statistics(bob).FramesConcealed, lost, lost + 4);
    }

    [Fact]
    public void Packets_later_than_the_depth_are_dropped_and_counted()
    {
        using var world = new MediaWorld(new() { Jitter = TimeSpan.FromMilliseconds(200), Seed = 2 });
        var (_, bob) = world.Call(bob: new() { JitterDepth = TimeSpan.FromMilliseconds(20) });

        world.Scheduler.Advance(TimeSpan.FromSeconds(5));

        Assert.InRange(world.Statistics(bob).Dropped[MediaDropReason.Late], 1, 250);
    }

    [Fact]
    public void A_peer_with_the_wrong_key_is_not_heard_but_counted()
    {
        using var world = new MediaWorld();
        var (alice, bob) = (world.Person(), world.Person());
        world.Scheduler.Run(async () =>
        {
            var offer = await alice.CreateOfferAsync();
            var answer = await bob.CreateAnswerAsync(offer);
            var crypto = answer.Media[0].Cryptos[0];
            var wrong = answer.ToText().Replace(crypto.ToText(), (crypto with { Key = offer.Media[0].Cryptos[1].Key }).ToText(), StringComparison.Ordinal);
            Assert.True(SessionDescription.TryParse(wrong, out var forged, out _));
            await alice.ApplyAnswerAsync(forged);
        });
        alice.Start();
        bob.Start();
        var sink = new RecordingSink();
        alice.Sink = sink;

        world.Scheduler.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(MediaSessionState.Negotiated, alice.State);
        Assert.Empty(sink.Samples);
        Assert.InRange(world.Statistics(alice).Dropped[MediaDropReason.AuthenticationFailed], 500, 520);
        Assert.Equal(0, world.Statistics(alice).PacketsReceived);
    }

    [Fact]
    public void Plain_packets_are_dropped_where_SRTP_is_agreed()
    {
        using var world = new MediaWorld();
        var (_, bob) = world.Call();
        var local = world.Statistics(bob).LocalEndPoint!;
        world.Scheduler.Run(async () =>
        {
            await using var stranger = await world.Host().OpenAsync();
            var packet = new byte[172];
            new RtpHeader(true, 0, 1, 0, 99).Write(packet);
            stranger.Send(MediaComponent.Rtp, packet, local);
        });

        world.Scheduler.RunUntilIdle();

        Assert.Equal(1, world.Statistics(bob).Dropped[MediaDropReason.AuthenticationFailed]);
    }

    [Fact]
    public void A_silent_peer_times_out_to_the_tick()
    {
        using var world = new MediaWorld();
        var cable = new MediaFaults();
        var alice = world.Person();
        var bob = new MediaSession(new(world.Scheduler), new SeededRandomSource(1), new FaultyMediaNetwork(world.Host(), cable), new());
        world.Agree(alice, bob);
        alice.Start();
        bob.Start();
        world.Scheduler.Advance(TimeSpan.FromSeconds(3));
        var changes = MediaWorld.Watch(alice);
        cable.IsMute = true;

        world.Scheduler.Advance(TimeSpan.FromSeconds(50) - TimeSpan.FromTicks(1));
        Assert.Equal(MediaSessionState.Active, alice.State);
        Assert.Empty(changes);
        world.Scheduler.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["Negotiated/PeerTimedOut"], changes);
        world.Scheduler.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(changes);

        cable.IsMute = false;
        world.Scheduler.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal(["Negotiated/PeerTimedOut", "Active/FirstPacketReceived"], changes);
    }

    [Fact]
    public void A_peer_that_never_sends_times_out_once()
    {
        using var world = new MediaWorld();
        var (alice, bob) = (world.Person(), world.Person());
        world.Agree(alice, bob);
        var changes = MediaWorld.Watch(alice);
        alice.Start();

        world.Scheduler.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(["Negotiated/PeerTimedOut"], changes);
        bob.Start();
        world.Scheduler.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(["Negotiated/PeerTimedOut", "Active/FirstPacketReceived"], changes);
    }

    [Fact]
    public void The_source_can_be_exchanged_in_the_middle_of_a_call()
    {
        using var world = new MediaWorld();
        var (alice, bob) = world.Call();
        var (one, two) = (new CodePointSource(1), new CodePointSource(2));
        var sink = new RecordingSink();
        bob.Sink = sink;
        alice.Source = one;
        world.Scheduler.Advance(TimeSpan.FromSeconds(1));
        alice.Source = two;
        world.Scheduler.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((false, true), (one.IsStarted, two.IsStarted));
        alice.Source = null;
        world.Scheduler.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(one.Given.Count, 7840, 8160);
        Assert.InRange(two.Given.Count, 7840, 8160);
        Assert.False(two.IsStarted);
        var heard = sink.ToArray()[Depth..];
        Assert.Equal(one.Given.Concat(two.Given), heard[..(one.Given.Count + two.Given.Count)]);
        Assert.All(heard[(one.Given.Count + two.Given.Count)..], sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void A_late_timer_is_followed_by_every_frame_that_is_due()
    {
        using var world = new MediaWorld();
        var loop = new SerialLoop(world.Scheduler);
        var (alice, bob) = (world.Person(loop: loop), world.Person());
        world.Agree(alice, bob);
        alice.Start();
        world.Scheduler.Advance(TimeSpan.FromMilliseconds(100));
        var before = world.Statistics(alice).PacketsSent;

        // The clock jumps while nothing runs, as when the machine is busy elsewhere.
        world.Scheduler.Clock.MoveTo(world.Scheduler.Clock.Now + TimeSpan.FromMilliseconds(215));
        world.Scheduler.Advance(TimeSpan.Zero);

        Assert.Equal(10, world.Statistics(alice).PacketsSent - before);
        world.Scheduler.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(11, world.Statistics(alice).PacketsSent - before);
    }

    [Fact]
    public void A_source_or_sink_that_throws_is_taken_off_and_the_call_goes_on()
    {
        using var world = new MediaWorld();
        var (alice, bob) = world.Call();
        alice.Source = new FailingSource();
        bob.Sink = new FailingSink();
        bob.StateChanged += (_, _) => throw new InvalidOperationException("handler");

        world.Scheduler.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(alice.Source);
        Assert.Null(bob.Sink);
        Assert.Equal(MediaSessionState.Active, bob.State);
        Assert.Equal(51, world.Statistics(alice).PacketsSent);
    }

    [Fact]
    public void Reports_flow_and_measure_loss_and_round_trip()
    {
        using var world = new MediaWorld(new() { Delay = TimeSpan.FromMilliseconds(40) });
        var (alice, bob) = world.Call();

        world.Scheduler.Advance(TimeSpan.FromSeconds(60));

        var statistics = world.Statistics(alice);
        Assert.InRange(statistics.ReportsSent, 12, 36);
        Assert.InRange(statistics.ReportsReceived, 12, 36);
        Assert.InRange(statistics.RoundTripTime!.Value, TimeSpan.FromMilliseconds(79), TimeSpan.FromMilliseconds(81));
        Assert.Equal(0, statistics.PacketsLost);
        Assert.Equal(TimeSpan.Zero, statistics.Jitter);
        Assert.Equal(world.Statistics(bob).LocalSsrc, statistics.RemoteSsrc);
        Assert.Equal(world.Statistics(bob).LocalEndPoint, statistics.RemoteEndPoint);
        Assert.Equal(statistics.PacketsSent * 160, statistics.BytesSent);
    }

    [Fact]
    public void A_refused_negotiation_closes_the_session_and_its_ports()
    {
        using var world = new MediaWorld();
        var bob = world.Person();
        var changes = MediaWorld.Watch(bob);
        Assert.True(SessionDescription.TryParse("v=0\r\nc=IN IP4 10.0.0.9\r\nm=audio 5000 RTP/AVP 0\r\n", out var offer, out _));

        var failure = Assert.Throws<MediaNegotiationException>(() => world.Scheduler.Run(() => bob.CreateAnswerAsync(offer)));

        Assert.Equal(MediaNegotiationFailure.EncryptionRequired, failure.Reason);
        Assert.Equal(["Answering/AnswerRequested", "Closed/NegotiationFailed"], changes);
        Assert.Equal(0, world.Network.OpenPorts);
    }

    [Fact]
    public void An_answer_that_does_not_fit_closes_the_offerer()
    {
        using var world = new MediaWorld();
        var alice = world.Person();
        var changes = MediaWorld.Watch(alice);
        Assert.True(SessionDescription.TryParse("v=0\r\nm=audio 0 RTP/SAVP 0\r\n", out var answer, out _));

        var failure = Assert.Throws<MediaNegotiationException>(() => world.Scheduler.Run(async () =>
        {
            await alice.CreateOfferAsync();
            await alice.ApplyAnswerAsync(answer);
        }));

        Assert.Equal(MediaNegotiationFailure.NoAudio, failure.Reason);
        Assert.Equal(["Offering/OfferRequested", "Closed/NegotiationFailed"], changes);
        Assert.Equal(0, world.Network.OpenPorts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_ports_the_session_ends_and_says_so(bool offers)
    {
        using var world = new MediaWorld();
        var loop = new SerialLoop(world.Scheduler);
        var session = new MediaSession(loop, new SeededRandomSource(1), new NoPorts(), new());
        var changes = MediaWorld.Watch(session);
        Assert.True(SessionDescription.TryParse("v=0\r\n", out var offer, out _));

        Assert.Throws<IOException>(() => world.Scheduler.Run(() => offers ? session.CreateOfferAsync() : session.CreateAnswerAsync(offer)));

        Assert.Equal("Closed/PortsUnavailable", changes[^1]);
        world.Close(session);
        Assert.Equal(2, changes.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ports_that_open_after_the_session_was_closed_are_closed_again(bool offers)
    {
        using var world = new MediaWorld();
        var network = new SlowPorts(world.Host());
        var session = new MediaSession(new(world.Scheduler), new SeededRandomSource(1), network, new());
        var changes = MediaWorld.Watch(session);
        Assert.True(SessionDescription.TryParse("v=0\r\n", out var offer, out _));
        var pending = offers ? session.CreateOfferAsync() : session.CreateAnswerAsync(offer);
        world.Scheduler.RunUntilIdle();
        world.Close(session);

        network.Release.SetResult();

        Assert.Throws<InvalidOperationException>(() => world.Scheduler.Run(() => pending));
        Assert.Equal("Closed/Closed", changes[^1]);
        Assert.Equal(0, world.Network.OpenPorts);
    }

    [Fact]
    public void Operations_out_of_order_are_refused_by_name_and_state()
    {
        using var world = new MediaWorld();
        var (alice, bob) = world.Call();
        Assert.True(SessionDescription.TryParse("v=0\r\n", out var description, out _));

        var again = Assert.Throws<InvalidOperationException>(() => world.Scheduler.Run(() => alice.CreateOfferAsync()));
        Assert.Throws<InvalidOperationException>(() => world.Scheduler.Run(() => alice.ApplyAnswerAsync(description)));
        Assert.Throws<InvalidOperationException>(() => world.Scheduler.Run(() => bob.CreateAnswerAsync(description)));
        Assert.Throws<InvalidOperationException>(() => world.Person().Start());

        Assert.Equal("The media session is Negotiated and cannot do CreateOfferAsync.", again.Message);
    }

    [Fact]
    public void A_session_can_be_closed_in_every_state_and_twice()
    {
        using var world = new MediaWorld();
        var (idle, offering, negotiated, active) = (world.Person(), world.Person(), world.Person(), world.Person());
        world.Scheduler.Run(() => offering.CreateOfferAsync());
        world.Agree(negotiated, active);

        world.Close(idle, offering, negotiated, active, idle, active);

        Assert.All([idle, offering, negotiated, active], session => Assert.Equal(MediaSessionState.Closed, session.State));
        Assert.Equal(0, world.Network.OpenPorts);
    }

    [Fact]
    public void Who_waits_for_the_first_packet_is_told()
    {
        using var world = new MediaWorld(new() { Delay = TimeSpan.FromMilliseconds(70) });
        var (alice, bob) = (world.Person(), world.Person());
        world.Agree(alice, bob);
        var closed = world.Person();
        alice.Start();
        var before = world.Scheduler.Clock.Now;

        world.Scheduler.Run(() => bob.WaitForFirstPacketAsync());

        Assert.Equal(TimeSpan.FromMilliseconds(70), world.Scheduler.Clock.Now - before);
        world.Close(closed);
        Assert.ThrowsAny<OperationCanceledException>(() => world.Scheduler.Run(() => closed.WaitForFirstPacketAsync()));
    }

    [Fact]
    public void The_same_seed_gives_the_same_call()
    {
        Assert.Equal(Run(11), Run(11));
        Assert.NotEqual(Run(11), Run(12));

        static string Run(ulong seed)
        {
            using var world = new MediaWorld(new() { Loss = 0.1, Jitter = TimeSpan.FromMilliseconds(80), Duplication = 0.1, Seed = seed });
            var (alice, bob) = world.Call();
            var sink = new RecordingSink();
            (alice.Source, bob.Sink) = (new CodePointSource(1), sink);
            world.Scheduler.Advance(TimeSpan.FromSeconds(10));
            return string.Join(',', sink.Samples);
        }
    }

    [Fact]
    public void Announced_sources_stay_below_two_to_the_31()
    {
        using var world = new MediaWorld();
        for (var i = 0; i < 50; i++)
        {
            Assert.InRange(world.Statistics(world.Person()).LocalSsrc, 1u, 0x7FFFFFFFu);
        }
    }

    private static void AssertHeard(IReadOnlyList<short> given, IReadOnlyList<short> heard)
    {
        Assert.InRange(heard.Count, given.Count - 800, given.Count + 320);
        Assert.All(heard.Take(Depth), sample => Assert.Equal(0, sample));
        Assert.Equal(given.Take(heard.Count - Depth), heard.Skip(Depth));
    }

    private sealed class FailingSource : IPullAudioSource
    {
        public int SampleRate => 8000;

        public int Read(Memory<short> samples) => throw new InvalidOperationException("source");
    }

    private sealed class FailingSink : IAudioSink
    {
        public void Write(AudioFrame frame) => throw new InvalidOperationException("sink");
    }

    private sealed class SlowPorts(IMediaNetwork inner) : IMediaNetwork
    {
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<IMediaTransport> OpenAsync(CancellationToken cancellationToken = default)
        {
            await Release.Task;
            return await inner.OpenAsync(cancellationToken);
        }
    }

    private sealed class NoPorts : IMediaNetwork
    {
        public ValueTask<IMediaTransport> OpenAsync(CancellationToken cancellationToken = default) => throw new IOException("none");
    }
}
