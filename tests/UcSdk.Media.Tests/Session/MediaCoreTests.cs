using System.Net;
using UcSdk.Core;

namespace UcSdk.Media.Tests.Session;

public sealed class MediaCoreTests
{
    private readonly List<MediaEffect> _effects = [];
    private readonly SeededRandomSource _random = new(1);
    private readonly short[] _frame = new short[160];
    private Timestamp _now = new(0);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sending_and_receiving_a_packet_allocates_nothing(bool isEncrypted)
    {
        var (alice, bob) = Pair(isEncrypted);
        var datagram = new byte[2048];
        alice.Start(_now);
        bob.Start(_now);

        var allocated = Allocations.Of(() =>
        {
            _now += AudioClock.FrameDuration;
            alice.WriteFrame(_frame, _now, _effects);
            var sent = _effects[^1].Datagram;
            sent.CopyTo(datagram);
            bob.ReceiveRtp(datagram.AsSpan(0, sent.Length), _now, _effects);
            bob.TryReadFrame(_frame);
            _effects.Clear();
        });

        Assert.Equal(0, allocated);
        Assert.Equal(1300, bob.AddTo(new()).PacketsReceived);
    }

    [Fact]
    public void A_stray_source_is_not_heard_and_one_that_goes_on_takes_the_place()
    {
        var core = Plain();
        Receive(core, ssrc: 1, number: 1);
        Receive(core, ssrc: 2, number: 50);
        Receive(core, ssrc: 1, number: 2);
        Receive(core, ssrc: 2, number: 51);
        Assert.Equal((1u, 2L), (core.AddTo(new()).RemoteSsrc!.Value, core.AddTo(new()).Dropped[MediaDropReason.SourceOnProbation]));

        Receive(core, ssrc: 2, number: 52);

        Assert.Equal((2u, 0L), (core.AddTo(new()).RemoteSsrc!.Value, core.AddTo(new()).PacketsLost));
        Assert.Single(_effects, effect => effect.Kind == MediaEffectKind.PacketHeard);
    }

    [Fact]
    public void Sources_outside_the_announced_range_are_dropped()
    {
        var core = Plain(new SsrcRange(5, 6));

        Receive(core, ssrc: 7, number: 1);
        Receive(core, ssrc: 6, number: 1);

        Assert.Equal(1, core.AddTo(new()).Dropped[MediaDropReason.SourceOutOfRange]);
        Assert.Equal(6u, core.AddTo(new()).RemoteSsrc);
    }

    [Fact]
    public void A_source_that_said_bye_is_not_heard_again()
    {
        var core = Plain();
        Receive(core, ssrc: 1, number: 1);

        core.ReceiveRtcp(Hex.Bytes("80c90001 00000001 81cb0001 00000001"), _now, _effects);
        Receive(core, ssrc: 1, number: 2);

        Assert.Equal([MediaEffectKind.PacketHeard, MediaEffectKind.ByeHeard], _effects.Select(effect => effect.Kind));
        Assert.Equal(1, core.AddTo(new()).Dropped[MediaDropReason.SourceHasLeft]);
        Receive(core, ssrc: 3, number: 1);
        Assert.Equal(MediaEffectKind.PacketHeard, _effects[^1].Kind);
    }

    [Theory]
    [InlineData(MediaDirection.Inactive, 0, false)]
    [InlineData(MediaDirection.SendOnly, 1, false)]
    [InlineData(MediaDirection.ReceiveOnly, 0, true)]
    [InlineData(MediaDirection.SendReceive, 1, true)]
    public void Media_flows_only_the_agreed_way(MediaDirection direction, int sent, bool plays)
    {
        var core = Plain(direction: direction);
        core.Start(_now);
        core.WriteFrame(_frame, _now, _effects);
        Assert.Equal(sent, _effects.Count(effect => effect.Kind == MediaEffectKind.SendRtp));

        Receive(core, ssrc: 1, number: 1);

        Assert.Equal(plays, core.TryReadFrame(_frame));
    }

    [Fact]
    public void Malformed_datagrams_are_counted()
    {
        var core = Plain();

        core.ReceiveRtp(Hex.Bytes("800f"), _now, _effects);
        core.ReceiveRtcp(Hex.Bytes("80c90009"), _now, _effects);

        Assert.Equal(2, core.AddTo(new()).Dropped[MediaDropReason.Malformed]);
        Assert.Empty(_effects);
    }

    [Fact]
    public void The_first_packet_is_marked_and_the_timeline_goes_on_through_pauses()
    {
        var core = Plain();
        var headers = new List<RtpHeader>();
        for (var i = 0; i < 3; i++)
        {
            core.WriteFrame(_frame, _now, _effects);
            Assert.True(RtpHeader.TryRead(_effects[^1].Datagram.Span, out var header, out _, out _));
            headers.Add(header);
        }

        Assert.Equal([true, false, false], headers.Select(header => header.Marker));
        Assert.Equal([160u, 160u], headers.Zip(headers.Skip(1), (a, b) => b.Timestamp - a.Timestamp));
        Assert.Equal([1, 1], headers.Zip(headers.Skip(1), (a, b) => b.SequenceNumber - a.SequenceNumber));
        Assert.True(headers[0].SequenceNumber < 0x8000);
    }

    [Fact]
    public void A_core_that_never_started_says_nothing_in_the_end()
    {
        var (idle, started) = (Plain(), Plain());
        idle.Close(_now, _effects);
        Assert.Empty(_effects);
        started.Start(_now);
        started.Close(_now, _effects);

        Assert.Equal(MediaEffectKind.SendRtcp, Assert.Single(_effects).Kind);
        Assert.Null(started.NextDeadline);
        Assert.Equal("cb", Hex.Text(_effects[0].Datagram.Span[^7..^6]));
    }

    private (MediaCore Alice, MediaCore Bob) Pair(bool isEncrypted)
    {
        var (one, two) = (InlineKey.Create(new byte[30], null), InlineKey.Create([.. Enumerable.Repeat((byte)1, 30)], null));
        return (Core(isEncrypted ? new(one, two) : null), Core(isEncrypted ? new(two, one) : null));
    }

    private MediaCore Plain(SsrcRange? range = null, MediaDirection direction = MediaDirection.SendReceive) => Core(null, range, direction);

    private MediaCore Core(SrtpKeyPair? keys, SsrcRange? range = null, MediaDirection direction = MediaDirection.SendReceive)
    {
        var codec = CodecRegistry.Default.Codecs[0];
        var agreed = new NegotiatedAudio
        {
            SendCodec = codec,
            SendFormat = codec.ToFormat(0, null),
            ReceiveCodecs = new Dictionary<int, CodecDescription> { [0] = codec },
            RemoteRtp = IPEndPoint.Parse("10.0.0.1:5000"),
            RemoteRtcp = IPEndPoint.Parse("10.0.0.1:5001"),
            Direction = direction,
            RemoteSsrcs = range,
            Keys = keys,
        };
        return new(agreed, new(77, TimeSpan.FromMilliseconds(60), TimeSpan.FromSeconds(50), _now, DateTimeOffset.UnixEpoch), _random);
    }

    private void Receive(MediaCore core, uint ssrc, ushort number)
    {
        var packet = new byte[172];
        new RtpHeader(false, 0, number, number * 160u, ssrc).Write(packet);
        core.ReceiveRtp(packet, _now, _effects);
    }
}
