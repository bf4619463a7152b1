using System.Buffers.Binary;
using UcSdk.Media.Tests.Session;

namespace UcSdk.Media.Tests.Audio;

public sealed class WavTests
{
    // Laid out by hand after the RIFF description: 16-bit stereo at 22050 Hz, with a LIST chunk of odd length before the data.
    private const string Stereo =
        "52494646 3a000000 57415645 666d7420 10000000 0100 0200 22560000 88580100 0400 1000" + "4c495354 03000000 616263 00" + "64617461 08000000 0100 ffff 0a00 1400";

    [Fact]
    public void A_stereo_file_with_other_chunks_is_read()
    {
        Assert.True(WavReader.TryRead(Hex.Bytes(Stereo), out var audio, out var error), error.ToString());

        Assert.Equal((22050, 2), (audio.SampleRate, audio.ChannelCount));
        Assert.Equal<short>([1, -1, 10, 20], audio.Samples.ToArray());
        Assert.Equal<short>([0, 15], audio.ToMono().Samples.ToArray());
    }

    [Fact]
    public void What_is_written_is_the_canonical_header_and_reads_back()
    {
        using var stream = new MemoryStream();
        using (var writer = new WavWriter(stream, 8000, leaveOpen: true))
        {
            writer.Write(new short[] { 1, -2 });
            writer.Write(new short[] { short.MinValue });
        }

        Assert.Equal(
            "524946462a00000057415645666d74201000000001000100401f0000803e000002001000646174610600000001" + "00feff0080", Hex.Text(stream.ToArray()));
        Assert.True(WavReader.TryRead(stream.ToArray(), out var audio, out _));
        Assert.Equal<short>([1, -2, short.MinValue], audio.Samples.ToArray());
        Assert.Equal(3 * TimeSpan.TicksPerSecond / 8000, audio.Duration.Ticks);
    }

    [Fact]
    public void A_size_that_was_never_filled_in_means_all_there_is()
    {
        var bytes = Hex.Bytes(Stereo);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 12), uint.MaxValue);

        Assert.True(WavReader.TryRead(bytes, out var audio, out _));
        Assert.Equal(4, audio.Samples.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("52494646 00000000 41564920")]
    [InlineData("52494646 00000000 57415645")]
    [InlineData("52494646 00000000 57415645 64617461 00000000")]
    [InlineData("52494646 00000000 57415645 666d7420 02000000 0100")]
    [InlineData("52494646 00000000 57415645 666d7420 10000000 0300 0100 401f0000 803e0000 0200 1000 64617461 00000000")]
    [InlineData("52494646 00000000 57415645 666d7420 10000000 0100 0300 401f0000 803e0000 0600 1000 64617461 00000000")]
    [InlineData("52494646 00000000 57415645 666d7420 10000000 0100 0100 401f0000 401f0000 0100 0800 64617461 00000000")]
    [InlineData("52494646 00000000 57415645 666d7420 10000000 0100 0100 9f0f0000 3e1f0000 0200 1000 64617461 00000000")]
    public void What_cannot_be_played_is_refused_with_its_rule(string bytes)
    {
        Assert.False(WavReader.TryRead(Hex.Bytes(bytes), out _, out var error));
        Assert.NotNull(error.Rule);
    }

    [Fact]
    public void The_number_of_chunks_is_limited()
    {
        static byte[] File(int others) => Hex.Bytes(
            "52494646 00000000 57415645" + string.Concat(Enumerable.Repeat("4c495354 00000000", others))
            + "666d7420 10000000 0100 0100 401f0000 803e0000 0200 1000 64617461 00000000");

        Assert.True(WavReader.TryRead(File(62), out _, out _));
        Assert.False(WavReader.TryRead(File(63), out _, out var error));
        Assert.Equal("WAV.MaxChunks", error.Rule);
    }

    [Fact]
    public async Task A_recording_plays_back_as_it_was()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var samples = new short[1000];
            new ToneSource(440).Read(samples);
            using (var sink = new WavFileSink(path))
            {
                sink.Write(new(samples.AsMemory(0, 400), 8000));
                sink.Write(new(samples.AsMemory(400), 8000));
                Assert.Throws<ArgumentException>(() => sink.Write(new(samples, 16000)));
            }

            var source = await ClipAudioSource.FromWavFileAsync(path);
            var played = new short[1200];

            Assert.Equal((8000, 1000), (source.SampleRate, source.Read(played)));
            Assert.Equal(samples, played[..1000]);
            Assert.True(source.Completion.IsCompletedSuccessfully);
            Assert.Equal(0, source.Read(played));
            await File.WriteAllTextAsync(path, "no audio");
            await Assert.ThrowsAsync<InvalidDataException>(() => ClipAudioSource.FromWavFileAsync(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_repeated_clip_begins_again_and_never_completes()
    {
        var source = new ClipAudioSource(new(new short[] { 1, 2, 3 }, 8000), isRepeated: true);
        var played = new short[8];

        Assert.Equal(8, source.Read(played));
        Assert.Equal<short>([1, 2, 3, 1, 2, 3, 1, 2], played);
        Assert.False(source.Completion.IsCompleted);
    }

    [Fact]
    public async Task Queued_clips_play_one_after_the_other_and_each_tells_its_end()
    {
        var source = new QueueAudioSource();
        using var cancel = new CancellationTokenSource();
        var one = source.PlayAsync(new(new short[] { 1, 2, 3 }, 8000));
        var two = source.PlayAsync(new(new short[] { 4, 5, 6, 7 }, 8000), cancel.Token);
        var three = source.PlayAsync(new(new short[] { 8 }, 8000));
        var played = new short[5];

        Assert.Equal(5, source.Read(played));
        Assert.Equal<short>([1, 2, 3, 4, 5], played);
        await one;
        Assert.False(two.IsCompleted);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        Assert.Equal(1, source.Read(played));
        Assert.Equal(8, played[0]);
        await three;
        Assert.Equal(0, source.Read(played));
        await Assert.ThrowsAsync<ArgumentException>(() => source.PlayAsync(new(new short[1], 16000)));
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(16000)]
    [InlineData(11025)]
    [InlineData(44100)]
    [InlineData(48000)]
    public void A_pushed_or_pulled_tone_of_any_rate_is_sent_at_the_rate_of_the_session(int rate)
    {
        using var world = new MediaWorld();
        var (alice, bob) = world.Call();
        var (atAlice, atBob) = (new RecordingSink(), new RecordingSink());
        (alice.Sink, bob.Sink) = (atAlice, atBob);
        alice.Source = new ToneSource(700, sampleRate: rate);
        var push = new PushSource();
        bob.Source = push;
        var tone = new ToneSource(700, sampleRate: rate);
        var frame = new short[(rate / 50) + 1];
        for (var i = 0; i < 100; i++)
        {
            world.Scheduler.Advance(TimeSpan.FromMilliseconds(20));
            var samples = frame.AsMemory(0, (rate * (i + 1) / 50) - (rate * i / 50));
            tone.Read(samples);
            push.Deliver(new(samples, rate));
        }

        var expected = new short[8000];
        new ToneSource(700).Read(expected);
        foreach (var heard in new[] { atAlice, atBob })
        {
            var correlation = CrossCorrelation.Measure(expected, heard.ToArray().AsMemory(4000, 10000), 2000);
            Assert.InRange(correlation.Coefficient, 0.99, 1);
        }

        Assert.Equal(0, world.Statistics(bob).SourceOverflow);
    }

    [Fact]
    public void More_than_a_second_of_pushed_audio_is_thrown_away_and_counted()
    {
        using var world = new MediaWorld();
        var (alice, _) = world.Call();
        var push = new PushSource();
        alice.Source = push;
        world.Scheduler.RunUntilIdle();

        push.Deliver(new(new short[8000], 8000));
        world.Scheduler.RunUntilIdle();
        Assert.Equal(0, world.Statistics(alice).SourceOverflow);
        push.Deliver(new(new short[5], 8000));
        world.Scheduler.RunUntilIdle();

        Assert.Equal(5, world.Statistics(alice).SourceOverflow);
    }

    private sealed class PushSource : IAudioSource
    {
        public Action<AudioFrame> Deliver { get; private set; } = _ => { };

        public void Start(Action<AudioFrame> deliver) => Deliver = deliver;

        public void Stop() => Deliver = _ => { };
    }
}
