using System.Net;

namespace UcSdk.Media;

/// <summary>What a media session has sent and received so far; a snapshot.</summary>
public sealed record MediaStatistics
{
    /// <summary>The local RTP address, or null before ports are open.</summary>
    public IPEndPoint? LocalEndPoint { get; init; }

    /// <summary>The peer's RTP address as signalled, or null before it is agreed or while the peer wants nothing sent.</summary>
    public IPEndPoint? RemoteEndPoint { get; init; }

    /// <summary>The SSRC that this session sends with; 0 before ports are open.</summary>
    public uint LocalSsrc { get; init; }

    /// <summary>The SSRC that is heard, or null while there is none.</summary>
    public uint? RemoteSsrc { get; init; }

    /// <summary>The format sent, or null before it is agreed.</summary>
    public AudioFormat? SendFormat { get; init; }

    /// <summary>Whether SRTP is agreed.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>RTP packets sent.</summary>
    public long PacketsSent { get; init; }

    /// <summary>Payload bytes sent in them, without headers (RFC 3550 §6.4.1).</summary>
    public long BytesSent { get; init; }

    /// <summary>Valid RTP packets of the current source received.</summary>
    public long PacketsReceived { get; init; }

    /// <summary>Payload bytes received in them.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Packets of the current source that never arrived; negative when the network repeats more than it loses (RFC 3550 §6.4.1).</summary>
    public long PacketsLost { get; init; }

    /// <summary>Interarrival jitter of the current source (RFC 3550 §6.4.1).</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Round trip as the peer's last report tells it, or null before there is one.</summary>
    public TimeSpan? RoundTripTime { get; init; }

    /// <summary>RTCP compound packets sent.</summary>
    public long ReportsSent { get; init; }

    /// <summary>RTCP compound packets received.</summary>
    public long ReportsReceived { get; init; }

    /// <summary>20 ms frames, or parts of them, that had to be played as silence because no packet was there.</summary>
    public long FramesConcealed { get; init; }

    /// <summary>Samples that a push source delivered faster than they could be sent, and that were thrown away.</summary>
    public long SourceOverflow { get; init; }

    /// <summary>Packets not used, by reason; reasons that never occurred are absent.</summary>
    public IReadOnlyDictionary<MediaDropReason, long> Dropped { get; init; } = new Dictionary<MediaDropReason, long>();
}
