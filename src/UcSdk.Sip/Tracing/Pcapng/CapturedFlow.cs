using System.Globalization;

namespace UcSdk.Sip;

/// <summary>
/// One flow as packets. A stream begins with a handshake, numbers and acknowledges its octets, and ends by FIN or RST (RFC 9293 §3.5, §3.6);
/// what TLS carried is written as it was inside. Messages larger than a packet go into several segments.
/// </summary>
internal sealed class CapturedFlow
{
    // Where readers look for SIP without being told (RFC 3261 §19.1.2).
    private const ushort SipPort = 5060;

    private readonly PcapngWriter _writer;
    private readonly SipTransportAddress _client;
    private readonly bool _isStream;
    private readonly CaptureEnd _clientEnd;
    private readonly CaptureEnd _serverEnd;
    private readonly string _note;
    private readonly HashSet<SipFlow> _ends = [];
    private SipFlowEnd? _firstEnd;
    private bool _endedByClient;
    private uint _fromClient;
    private uint _fromServer;

    public CapturedFlow(PcapngWriter writer, int number, SipFlow flow, CaptureAddresses addresses)
    {
        _writer = writer;
        Number = number;
        _isStream = flow.IsReliable;
        var (client, server) = flow.IsOutgoing ? (flow.Local, flow.Remote) : (flow.Remote, flow.Local);
        _client = client;
        var (clientAddress, serverAddress) = addresses.Of(client.Host, server.Host);
        var isSecured = flow.Transport == "TLS";
        _clientEnd = new(clientAddress, (ushort)client.Port);
        _serverEnd = new(serverAddress, isSecured ? SipPort : (ushort)server.Port);
        _note = isSecured ? " (decrypted)" : "";
    }

    /// <summary>The number of its interface.</summary>
    public int Number { get; }

    /// <summary>One end of the flow is there; the first opens it.</summary>
    public void Open(SipFlow end, DateTimeOffset time)
    {
        if (_ends.Add(end) && _ends.Count == 1 && _isStream && _fromClient == 0)
        {
            var isClient = IsClient(end.Local);
            Segment(isClient, true, time, TcpFlags.Syn, [], null);
            Segment(isClient, false, time, TcpFlags.Syn | TcpFlags.Ack, [], null);
            Segment(isClient, true, time, TcpFlags.Ack, [], null);
        }
    }

    /// <summary>One end of the flow is gone. True when none is left, and the flow has been ended.</summary>
    public bool Close(SipFlow end, SipFlowEnd how, DateTimeOffset time)
    {
        if (_firstEnd is null)
        {
            _firstEnd = how;
            _endedByClient = IsClient(how is SipFlowEnd.ClosedByPeer or SipFlowEnd.ConnectionLost ? end.Remote : end.Local);
        }

        if (!_ends.Remove(end) || _ends.Count > 0)
        {
            return false;
        }

        var isClientOurs = IsClient(end.Local);
        if (_isStream && _firstEnd is SipFlowEnd.ConnectionLost or SipFlowEnd.SlowReader)
        {
            Segment(isClientOurs, _endedByClient, time, TcpFlags.Rst | TcpFlags.Ack, [], null);
        }
        else if (_isStream)
        {
            Segment(isClientOurs, _endedByClient, time, TcpFlags.Fin | TcpFlags.Ack, [], null);
            Segment(isClientOurs, !_endedByClient, time, TcpFlags.Fin | TcpFlags.Ack, [], null);
            Segment(isClientOurs, _endedByClient, time, TcpFlags.Ack, [], null);
        }

        return true;
    }

    /// <summary>The file ends before the flow: whoever is left closes it.</summary>
    public void CloseAll(DateTimeOffset time)
    {
        foreach (var end in _ends.ToArray())
        {
            Close(end, SipFlowEnd.ClosedLocally, time);
        }
    }

    /// <summary>One message, its secrets hidden where they are to be.</summary>
    public void Write(SipTraceEntry entry, ReadOnlyMemory<byte> bytes)
    {
        var isSent = entry.Direction == SipTraceDirection.Sent;
        var fromClient = IsClient(entry.From);
        var comment = string.Create(CultureInfo.InvariantCulture, $"{(isSent ? "sent" : "received")} {entry.From} → {entry.To}{_note}");
        if (!_isStream)
        {
            var length = Math.Min(bytes.Length, IpPacket.MaxDatagram);
            var (from, to) = fromClient ? (_clientEnd, _serverEnd) : (_serverEnd, _clientEnd);
            comment += length < bytes.Length ? string.Create(CultureInfo.InvariantCulture, $", {bytes.Length - length} octets left out") : "";
            _writer.WritePacket(Number, entry.Time, _writer.Packet.AsSpan(0, IpPacket.WriteUdp(_writer.Packet, from, to, bytes.Span[..length])), isSent, comment);
            return;
        }

        var isClientOurs = isSent == fromClient;
        for (var rest = bytes; !rest.IsEmpty; comment = null)
        {
            var piece = rest[..Math.Min(rest.Length, IpPacket.MaxSegment)];
            rest = rest[piece.Length..];
            Segment(isClientOurs, fromClient, entry.Time, rest.IsEmpty ? TcpFlags.Psh | TcpFlags.Ack : TcpFlags.Ack, piece.Span, comment);
            Segment(isClientOurs, !fromClient, entry.Time, TcpFlags.Ack, [], null);
        }
    }

    /// <summary>A message that is not written leaves a gap in the numbers, as on a network that lost it.</summary>
    public void Skip(SipTraceEntry entry)
    {
        ref var sequence = ref IsClient(entry.From) ? ref _fromClient : ref _fromServer;
        sequence += (uint)entry.Bytes.Length;
    }

    private bool IsClient(SipTransportAddress address) => address.Host == _client.Host && address.Port == _client.Port;

    private void Segment(bool isClientOurs, bool fromClient, DateTimeOffset time, TcpFlags flags, ReadOnlySpan<byte> payload, string? comment)
    {
        var (from, to) = fromClient ? (_clientEnd, _serverEnd) : (_serverEnd, _clientEnd);
        ref var sequence = ref fromClient ? ref _fromClient : ref _fromServer;
        var acknowledged = (flags & TcpFlags.Ack) == 0 ? 0 : fromClient ? _fromServer : _fromClient;
        var length = IpPacket.WriteTcp(_writer.Packet, from, to, sequence, acknowledged, flags, payload);
        _writer.WritePacket(Number, time, _writer.Packet.AsSpan(0, length), isClientOurs == fromClient, comment);

        // SYN and FIN count as one octet each (RFC 9293 §3.4).
        sequence += (uint)payload.Length + ((flags & (TcpFlags.Syn | TcpFlags.Fin)) == 0 ? 0u : 1u);
    }
}
