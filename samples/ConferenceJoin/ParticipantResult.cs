namespace ConferenceJoin;

/// <summary>What one person's part came to.</summary>
internal sealed record ParticipantResult(
    string Name, string Recording, string RtpLocal, string RtpRemote, long PacketsSent, long PacketsReceived, double JoinMilliseconds, int JoinRoundTrips);
