namespace UcSdk.Sip;

/// <summary>The states of a non-INVITE server transaction (RFC 3261 figure 8).</summary>
internal enum NonInviteServerState
{
    Trying,
    Proceeding,
    Completed,
    Terminated,
}
