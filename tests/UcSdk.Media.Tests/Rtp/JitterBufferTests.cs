namespace UcSdk.Media.Tests.Rtp;

public sealed class JitterBufferTests
{
    private const int Depth = 480;

    private readonly JitterBuffer _buffer = new(Depth);

    [Fact]
    public void The_first_frame_is_played_one_depth_later()
    {
        Insert(10_000);

        Assert.Equal(10_000 - Depth, _buffer.Cursor);
        Assert.Equal(10_000, _buffer.FindNext()!.Timestamp);
    }

    [Fact]
    public void Frames_come_out_in_the_order_of_their_timestamps()
    {
        Assert.All([1000u, 1320u, 1160u, 1480u], at => Assert.Equal(JitterInsertion.Kept, Insert(at)));

        Assert.Equal([1000, 1160, 1320, 1480], TakeAll());
    }

    [Fact]
    public void Order_holds_where_timestamps_roll_over()
    {
        Assert.All([0xFFFFFF60u, 0x000000A0u, 0x00000000u], at => Assert.Equal(JitterInsertion.Kept, Insert(at)));

        Assert.Equal([0xFFFFFF60, 0x100000000, 0x1000000A0], TakeAll());
    }

    [Fact]
    public void A_repeated_frame_is_refused()
    {
        Insert(1000);

        Assert.Equal(JitterInsertion.Duplicate, Insert(1000));
        Assert.Equal(1, _buffer.Count);
    }

    [Fact]
    public void A_frame_is_late_when_its_last_sample_should_have_been_played()
    {
        Insert(1000);
        _buffer.Advance(Depth + 160 + 159);

        Assert.Equal(JitterInsertion.Kept, Insert(1160));
        _buffer.Advance(1);
        Assert.Equal(JitterInsertion.Late, Insert(1160));
        Assert.Equal(1000 - Depth + Depth + 320, _buffer.Cursor);
    }

    [Fact]
    public void A_frame_is_early_beyond_half_a_second_and_the_depth()
    {
        Insert(10_000);
        var edge = (uint)(_buffer.Cursor + Depth + JitterBuffer.MaxAhead);

        Assert.Equal(JitterInsertion.Kept, Insert(edge));
        Assert.Equal(JitterInsertion.Early, Insert(edge + 1));
    }

    [Fact]
    public void No_more_frames_wait_than_the_limit()
    {
        for (uint i = 0; i < JitterBuffer.MaxFrames; i++)
        {
            Assert.Equal(JitterInsertion.Kept, Insert(1000 + (10 * i), samples: 10));
        }

        Assert.Equal(JitterInsertion.Early, Insert(1000 + (10 * JitterBuffer.MaxFrames), samples: 10));
    }

    [Fact]
    public void Frames_that_keep_falling_outside_fix_the_timeline_anew()
    {
        Insert(1000);
        for (uint i = 1; i < JitterBuffer.MisfitLimit; i++)
        {
            Assert.Equal(JitterInsertion.Early, Insert(500_000 + (160 * i)));
        }

        Assert.Equal(1, _buffer.Anchorings);
        Assert.Equal(JitterInsertion.Kept, Insert(600_000));
        Assert.Equal((2, 600_000 - Depth), (_buffer.Anchorings, _buffer.Cursor));
        Assert.Equal([600_000], TakeAll());
    }

    [Fact]
    public void One_frame_within_ends_a_run_of_misfits()
    {
        Insert(1000);
        for (uint i = 1; i < 5 * JitterBuffer.MisfitLimit; i++)
        {
            Insert(i % 5 == 0 ? 1000 + (160 * (i / 5)) : 500_000 + (160 * i));
        }

        Assert.Equal(1, _buffer.Anchorings);
    }

    [Fact]
    public void A_marked_frame_outside_fixes_the_timeline_at_once_and_one_inside_changes_nothing()
    {
        Insert(1000);
        Insert(1160, marker: true);
        Assert.Equal((1, 1000 - Depth), (_buffer.Anchorings, _buffer.Cursor));

        Assert.Equal(JitterInsertion.Kept, Insert(500_000, marker: true));
        Assert.Equal((2, 500_000 - Depth), (_buffer.Anchorings, _buffer.Cursor));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    [InlineData(240)]
    [InlineData(480)]
    public void Packets_of_any_length_play_as_one_stream(int samples)
    {
        var receiver = Receiver();
        var sent = new List<short>();
        var heard = new short[160];
        for (uint at = 0; at < 48_000; at += (uint)samples)
        {
            var payload = Enumerable.Range(0, samples).Select(i => (byte)((at + i) % 127)).ToArray();
            sent.AddRange(payload.Select(code => G711.MuValues[code]));
            Assert.Equal(JitterInsertion.Kept, receiver.Insert(new(false, 0, 0, 7000 + at, 1), payload));
            while (_buffer.Cursor + 160 + Depth <= 7000 + at + samples)
            {
                var from = (int)(_buffer.Cursor - 7000);
                Assert.True(receiver.TryRead(heard));
                Assert.Equal(from < 0 ? Enumerable.Repeat((short)0, Math.Min(160, -from)).Concat(sent).Take(160) : sent.Skip(from).Take(160), heard);
            }
        }
    }

    [Fact]
    public void Payloads_that_were_not_agreed_or_are_too_long_are_refused()
    {
        var receiver = Receiver();

        Assert.Null(receiver.Insert(new(false, 13, 0, 0, 1), new byte[160]));
        Assert.Null(receiver.Insert(new(false, 0, 0, 0, 1), []));
        Assert.Null(receiver.Insert(new(false, 0, 0, 0, 1), new byte[AudioReceiver.MaxSamplesPerPacket + 1]));
        Assert.Equal(JitterInsertion.Kept, receiver.Insert(new(false, 0, 0, 0, 1), new byte[AudioReceiver.MaxSamplesPerPacket]));
    }

    private AudioReceiver Receiver() => new(_buffer, new Dictionary<int, CodecDescription> { [0] = CodecRegistry.Default.Codecs[0] });

    private JitterInsertion Insert(uint timestamp, int samples = 160, bool marker = false) => _buffer.Insert(timestamp, samples, marker, 0, new byte[samples]);

    private List<long> TakeAll()
    {
        var taken = new List<long>();
        while (_buffer.FindNext() is { } frame)
        {
            taken.Add(frame.Timestamp);
            _buffer.Advance((int)(frame.End - _buffer.Cursor));
        }

        return taken;
    }
}
