namespace UcSdk.Sip;

/// <summary>The states of a non-INVITE client transaction (RFC 3261 figure 6).</summary>
internal enum NonInviteClientState
{
    Trying,
    Proceeding,
    Completed,
    Terminated,
}
