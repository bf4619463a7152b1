using System.Text;
using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>
/// One agreed audio session without sockets and clocks (RFC 3550): datagrams, frames to send and <em>now</em> go in; datagrams to send,
/// frames to play, events and the next deadline come out. Steady operation allocates nothing.
/// </summary>
internal sealed class MediaCore : IDisposable
{
    // Report, canonical name and BYE, and what protection adds.
    private const int MaxReportLength = 256;

    private readonly NegotiatedAudio _agreed;
    private readonly MediaCoreSettings _settings;
    private readonly RandomSource _random;
    private readonly SrtpSender? _srtpSender;
    private readonly SrtpReceiver? _srtpReceiver;
    private readonly RtpSender _sender;
    private readonly SourceSelector _sources;
    private readonly JitterBuffer _jitter;
    private readonly AudioReceiver _receiver;
    private readonly MediaCounters _counters = new();
    private readonly TimerQueue<MediaCoreTimer> _timers = new();
    private readonly byte[] _canonicalName;
    private readonly byte[] _report = new byte[MaxReportLength];
    private Timestamp? _startedAt;
    private Timestamp _heardAt;
    private long _packetsReported;

    public MediaCore(NegotiatedAudio agreed, MediaCoreSettings settings, RandomSource random)
    {
        _agreed = agreed;
        _settings = settings;
        _random = random;
        _srtpSender = agreed.Keys is null ? null : new(agreed.Keys.Local);
        _srtpReceiver = agreed.Keys is null ? null : new(agreed.Keys.Remote);
        _sender = new(settings.Ssrc, agreed, _srtpSender, random);
        _sources = new(agreed.RemoteSsrcs);
        _jitter = new((int)(settings.JitterDepth.Ticks * AudioClock.SampleRate / TimeSpan.TicksPerSecond));
        _receiver = new(_jitter, agreed.ReceiveCodecs);
        _canonicalName = Encoding.ASCII.GetBytes(random.NextHex(12));
    }

    public Timestamp? NextDeadline => _timers.NextDeadline;

    /// <summary>Begins to report, to play and to expect the peer.</summary>
    public void Start(Timestamp now)
    {
        if (_startedAt is null)
        {
            _startedAt = _heardAt = now;
            _timers.Set(MediaCoreTimer.Report, now + RtcpSchedule.NextInterval(_random, isFirst: true));
            _timers.Set(MediaCoreTimer.Peer, now + _settings.PeerTimeout);
        }
    }

    /// <summary>Sends the next frame, if the agreed direction lets it.</summary>
    public void WriteFrame(ReadOnlySpan<short> samples, Timestamp now, List<MediaEffect> effects)
    {
        if (_agreed.RemoteRtp is null || (_agreed.Direction & MediaDirection.SendOnly) == 0)
        {
            _sender.Pass(samples.Length, now);
            return;
        }

        effects.Add(new(MediaEffectKind.SendRtp, _sender.Send(samples, now)));
    }

    /// <summary>Reads the next frame to be played; false while nothing is heard.</summary>
    public bool TryReadFrame(Span<short> samples) => _receiver.TryRead(samples);

    /// <summary>Takes a datagram from the RTP address; it is decrypted in place.</summary>
    public void ReceiveRtp(Span<byte> datagram, Timestamp now, List<MediaEffect> effects)
    {
        var length = datagram.Length;
        if (_srtpReceiver is not null && _srtpReceiver.UnprotectRtp(datagram, out length) is not SrtpResult.Ok and var result)
        {
            _counters.Drop(ReasonOf(result));
            return;
        }

        datagram = datagram[..length];
        if (!RtpHeader.TryRead(datagram, out var header, out var payloadOffset, out _)
            || !RtpHeader.TryReadPayload(datagram, payloadOffset, out var payload, out _))
        {
            _counters.Drop(MediaDropReason.Malformed);
            return;
        }

        var before = _sources.Current;
        if (_sources.Admit(header) is { } reason)
        {
            _counters.Drop(reason);
            return;
        }

        if (before is null)
        {
            effects.Add(new(MediaEffectKind.PacketHeard));
        }

        if (before != _sources.Current)
        {
            _receiver.Reset();
        }

        Hear(now);
        Count(header, payload.Length, now);
        Keep(header, payload);
    }

    /// <summary>Takes a datagram from the RTCP address; it is decrypted in place.</summary>
    public void ReceiveRtcp(Span<byte> datagram, Timestamp now, List<MediaEffect> effects)
    {
        var length = datagram.Length;
        if (_srtpReceiver is not null && _srtpReceiver.UnprotectRtcp(datagram, out length) is not SrtpResult.Ok and var result)
        {
            _counters.Drop(ReasonOf(result));
            return;
        }

        ReadOnlySpan<byte> compound = datagram[..length];
        if (!RtcpReader.IsValid(compound, out _))
        {
            _counters.Drop(MediaDropReason.Malformed);
            return;
        }

        _counters.ReportsReceived++;
        Hear(now);
        var reader = new RtcpReader(compound);
        while (reader.TryRead(out var packet))
        {
            TakeControl(packet, now, effects);
        }
    }

    /// <summary>Does what is due; early or repeated calls do nothing.</summary>
    public void Elapse(Timestamp now, List<MediaEffect> effects)
    {
        while (_timers.TryTakeDue(now, out var timer))
        {
            if (timer == MediaCoreTimer.Report)
            {
                Report(now, isLast: false, effects);
                _timers.Set(MediaCoreTimer.Report, now + RtcpSchedule.NextInterval(_random, isFirst: false));
            }
            else if (now < _heardAt + _settings.PeerTimeout)
            {
                // Moving the deadline with every packet would cost more than looking again.
                _timers.Set(MediaCoreTimer.Peer, _heardAt + _settings.PeerTimeout);
            }
            else
            {
                FallSilent();
                effects.Add(new(MediaEffectKind.PeerTimedOut));
            }
        }
    }

    /// <summary>Says BYE, if anything was ever started, and forgets all deadlines.</summary>
    public void Close(Timestamp now, List<MediaEffect> effects)
    {
        _timers.Clear();
        if (_startedAt is not null)
        {
            Report(now, isLast: true, effects);
        }
    }

    /// <summary>Clears the keys.</summary>
    public void Dispose()
    {
        _srtpSender?.Dispose();
        _srtpReceiver?.Dispose();
    }

    /// <summary>The counters, written over a snapshot that holds what the core does not know.</summary>
    public MediaStatistics AddTo(MediaStatistics statistics) => statistics with
    {
        RemoteEndPoint = _agreed.RemoteRtp,
        LocalSsrc = _sender.Ssrc,
        RemoteSsrc = _sources.Current?.Ssrc,
        SendFormat = _agreed.SendFormat,
        IsEncrypted = _agreed.Keys is not null,
        PacketsSent = _sender.Packets,
        BytesSent = _sender.Bytes,
        PacketsReceived = _counters.PacketsReceived,
        BytesReceived = _counters.BytesReceived,
        PacketsLost = _sources.LostBefore + (_sources.Current?.Statistics.Lost ?? 0),
        Jitter = new((_sources.Current?.Statistics.Jitter ?? 0) * TimeSpan.TicksPerSecond / AudioClock.SampleRate),
        RoundTripTime = RoundTripTime,
        ReportsSent = _counters.ReportsSent,
        ReportsReceived = _counters.ReportsReceived,
        FramesConcealed = _receiver.FramesConcealed,
        Dropped = _counters.ToDropped(),
    };

    private TimeSpan? RoundTripTime { get; set; }

    private static MediaDropReason ReasonOf(SrtpResult result) => result switch
    {
        SrtpResult.AuthenticationFailed => MediaDropReason.AuthenticationFailed,
        SrtpResult.Replayed => MediaDropReason.Replayed,
        SrtpResult.TooManySources => MediaDropReason.TooManySources,
        _ => MediaDropReason.Malformed,
    };

    private void Hear(Timestamp now)
    {
        _heardAt = now;
        if (_startedAt is not null && !_timers.IsSet(MediaCoreTimer.Peer))
        {
            _timers.Set(MediaCoreTimer.Peer, now + _settings.PeerTimeout);
        }
    }

    private void Count(in RtpHeader header, int payloadLength, Timestamp now)
    {
        _counters.PacketsReceived++;
        _counters.BytesReceived += payloadLength;
        var clockRate = _agreed.ReceiveCodecs.TryGetValue(header.PayloadType, out var codec) ? codec.RtpClockRate : AudioClock.SampleRate;
        _sources.Current!.Statistics.Count(
            header.SequenceNumber, header.Timestamp, (long)((Int128)now.Ticks * clockRate / TimeSpan.TicksPerSecond));
    }

    // Before the start nobody plays, and what would wait could only come out late.
    private void Keep(in RtpHeader header, ReadOnlySpan<byte> payload)
    {
        if (_startedAt is null || (_agreed.Direction & MediaDirection.ReceiveOnly) == 0)
        {
            return;
        }

        MediaDropReason? reason = _receiver.Insert(header, payload) switch
        {
            JitterInsertion.Kept => null,
            JitterInsertion.Duplicate => MediaDropReason.Duplicate,
            JitterInsertion.Late => MediaDropReason.Late,
            JitterInsertion.Early => MediaDropReason.Early,
            _ => MediaDropReason.UnknownPayload,
        };
        if (reason is { } known)
        {
            _counters.Drop(known);
        }
    }

    private void TakeControl(in RtcpPacket packet, Timestamp now, List<MediaEffect> effects)
    {
        if (packet.Type == RtcpPacketType.SenderReport && packet.ReporterSsrc == _sources.Current?.Ssrc)
        {
            _sources.Current.TakeSenderReport(packet.SenderInfo, now);
        }

        for (var i = 0; packet.IsReport && i < packet.Count; i++)
        {
            MeasureRoundTrip(packet.GetReportBlock(i), now);
        }

        for (var i = 0; packet.Type == RtcpPacketType.Bye && i < packet.Count; i++)
        {
            if (_sources.Depart(packet.GetByeSsrc(i)))
            {
                _receiver.Reset();
                effects.Add(new(MediaEffectKind.ByeHeard));
            }
        }
    }

    // RFC 3550 §6.4.1: arrival − LSR − DLSR, all in 1/65536 s modulo 2^32.
    private void MeasureRoundTrip(in RtcpReportBlock block, Timestamp now)
    {
        if (block.Ssrc != _sender.Ssrc || block.LastSenderReport == 0)
        {
            return;
        }

        var roundTrip = (int)(NtpTime.Middle(NtpTime.Of(_settings.ToWallClock(now))) - block.LastSenderReport - block.DelaySinceLastSenderReport);
        if (roundTrip >= 0)
        {
            RoundTripTime = NtpTime.FromUnits((uint)roundTrip);
        }
    }

    private void FallSilent()
    {
        _sources.Forget();
        _receiver.Reset();
    }

    private void Report(Timestamp now, bool isLast, List<MediaEffect> effects)
    {
        if (_agreed.RemoteRtcp is null)
        {
            return;
        }

        var writer = new RtcpWriter(_report);
        RtcpReportBlock? block = _sources.Current?.TakeReport(now);
        if (_sender.Packets > _packetsReported)
        {
            _packetsReported = _sender.Packets;
            var time = NtpTime.Of(_settings.ToWallClock(now));
            var info = new RtcpSenderInfo(time, _sender.TimestampAt(now), (uint)_sender.Packets, (uint)_sender.Bytes);
            writer.WriteSenderReport(_sender.Ssrc, info, block);
        }
        else
        {
            writer.WriteReceiverReport(_sender.Ssrc, block);
        }

        writer.WriteSourceDescription(_sender.Ssrc, _canonicalName);
        if (isLast)
        {
            writer.WriteBye(_sender.Ssrc);
        }

        var length = _srtpSender?.ProtectRtcp(_report, writer.Length) ?? writer.Length;
        _counters.ReportsSent++;
        effects.Add(new(MediaEffectKind.SendRtcp, _report.AsMemory(0, length)));
    }
}
