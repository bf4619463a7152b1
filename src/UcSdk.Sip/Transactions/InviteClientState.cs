namespace UcSdk.Sip;

/// <summary>The states of an INVITE client transaction (RFC 3261 figure 5 with RFC 6026 §8.4).</summary>
internal enum InviteClientState
{
    Calling,
    Proceeding,
    Completed,
    Accepted,
    Terminated,
}
