namespace UcSdk.Sip;

/// <summary>The states of an INVITE server transaction (RFC 3261 figure 7 with RFC 6026 §8.4).</summary>
internal enum InviteServerState
{
    Proceeding,
    Completed,
    Confirmed,
    Accepted,
    Terminated,
}
