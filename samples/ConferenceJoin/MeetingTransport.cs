namespace ConferenceJoin;

/// <summary>What carries the meeting: SIP over real sockets on loopback, with audio over UDP; or networks in memory for both.</summary>
internal enum MeetingTransport
{
    Tcp,
    Tls,
    Udp,
    Memory,
}
